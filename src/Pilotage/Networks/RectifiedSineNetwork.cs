using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>Linear, layer norm, linear, rectified sine, linear: a small network, or several side by side, whose one nonlinearity is a wave of trainable size.</summary>
/// <remarks>
/// Source: arXiv:2512.10477 and its authors' code. Rectified sine (ReSine) with s = sigmoid(p), one p per hidden unit: y = s sin(x / s), out = y / (1 + exp(-1.5 y / s)). As y / s is
/// u = sin(x / s), that is s u sigmoid(1.5 u) = s/1.5 silu(1.5 u). Weights and biases begin uniform in ±1/sqrt(inputs), p in ±1/sqrt(hidden), gains at 1, shifts at 0.
/// </remarks>
public sealed class RectifiedSineNetwork
{
    private const float Steepness = 1.5f;
    private readonly string _name;
    private readonly Parameter[] _weights = new Parameter[3];
    private readonly Parameter[] _biases = new Parameter[3];
    private readonly Parameter _gain;
    private readonly Parameter _shift;
    private readonly Parameter _wave;                                                    // p

    /// <summary>Adds the parameters.</summary>
    /// <param name="parameters">
    /// Receives <c>name.0.weight</c> [members, in, out], <c>name.0.bias</c> [members, 1, out], the same of 1 and 2, <c>name.norm.gain</c>, <c>name.norm.shift</c> and <c>name.wave</c>
    /// [members, 1, hidden].
    /// </param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="members">Networks side by side, each with its own weights; at least 1.</param>
    /// <param name="inputs">Numbers per row, at least 1.</param>
    /// <param name="hidden">Width of both hidden layers, at least 1.</param>
    /// <param name="outputs">Numbers per result row, at least 1.</param>
    /// <param name="random">The stream to draw from.</param>
    public RectifiedSineNetwork(Parameters parameters, string name, int members, int inputs, int hidden, int outputs, ref Randomness random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        (_name, Members, Inputs, Outputs) = (name, members, inputs, outputs);
        ReadOnlySpan<int> widths = [inputs, hidden, hidden, outputs];
        for (var layer = 0; layer < _weights.Length; layer++)
        {
            var uniform = new Initializer.Uniform(1 / Math.Sqrt(widths[layer]));
            _weights[layer] = parameters.Add($"{name}.{layer}.weight", new(members, widths[layer], widths[layer + 1]), uniform, ref random);
            _biases[layer] = parameters.Add($"{name}.{layer}.bias", new(members, 1, widths[layer + 1]), uniform, ref random);
        }
        _gain = parameters.Add($"{name}.norm.gain", new(members, 1, hidden), new Initializer.Constant(1), ref random);
        _shift = parameters.Add($"{name}.norm.shift", new(members, 1, hidden), new Initializer.Constant(0), ref random);
        _wave = parameters.Add($"{name}.wave", new(members, 1, hidden), new Initializer.Uniform(1 / Math.Sqrt(hidden)), ref random);
    }

    /// <summary>Networks side by side.</summary>
    public int Members { get; }

    /// <summary>Numbers per row.</summary>
    public int Inputs { get; }

    /// <summary>Numbers per result row.</summary>
    public int Outputs { get; }

    /// <summary>Applies every member.</summary>
    /// <param name="x">[rows, inputs], the same rows for all.</param>
    /// <returns>[members, rows, outputs].</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public Tensor Forward(Tensor x)
    {
        if (x.Shape.Rank != 2 || x.Shape[-1] != Inputs) throw new ArgumentException($"RectifiedSineNetwork {_name}: input {x.Shape} does not fit; wanted [rows, {Inputs}].", nameof(x));
        x = x.Linear(_weights[0], _biases[0]).LayerNorm() * Tensor.Of(_gain) + Tensor.Of(_shift);
        x = RectifiedSine(x.Linear(_weights[1], _biases[1]), Tensor.Of(_wave));
        return x.Linear(_weights[2], _biases[2]);
    }

    /// <summary>The activation by itself.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="wave">p; broadcasts. 0 gives waves of size one half.</param>
    /// <returns>The shape of x. Above 0 a wave up to s sigmoid(1.5), below it a wave down to -s sigmoid(-1.5); 0 at 0.</returns>
    public static Tensor RectifiedSine(Tensor x, Tensor wave)
    {
        var size = wave.Sigmoid();                                                        // s
        return size / Steepness * (Steepness * (x * (1f / size)).Sin()).Silu();
    }
}
