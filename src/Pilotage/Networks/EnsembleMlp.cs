using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>Several multilayer perceptrons of one shape and their own weights, each layer one fused operation: twin critics, bootstrap ensembles, dynamics models.</summary>
/// <remarks>Equal to as many <see cref="Mlp"/>s side by side. One member is trained by its own rows alone, unless the loss mixes the members.</remarks>
public sealed class EnsembleMlp
{
    private readonly (Parameter Weight, Parameter Bias, Activation Activation)[] _layers;
    private readonly (Parameter Gain, Parameter Shift)[] _norms = [];                    // of each hidden layer, where they are normalised
    private readonly float _dropout;
    private readonly (Parameter Weight, Parameter Bias)[,] _alone;                       // each member's part of each layer
    private readonly (Parameter Gain, Parameter Shift)[,] _normsAlone = new (Parameter, Parameter)[0, 0];
    private readonly string _name;

    /// <summary>Adds the members' parameters: orthogonal weights, each member's own draw, and zero biases. Gains as in <see cref="Mlp"/>.</summary>
    /// <param name="parameters">Receives <c>name.0.weight</c> [members, in, out], <c>name.0.bias</c> [members, 1, out], ….</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="members">Number of networks, at least 1.</param>
    /// <param name="inputs">Numbers per row, at least 1.</param>
    /// <param name="hidden">Width of each hidden layer; may be empty.</param>
    /// <param name="outputs">Numbers per result row, at least 1.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="outputGain">Gain of the last layer's orthogonal weights.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="isNormalized">Whether hidden layers are layer-normalised before their activation, each member with its own gain and shift: <c>name.0.norm.gain</c> [members, 1, out], ….</param>
    /// <param name="dropout">Probability that a hidden number is dropped by <see cref="ForwardWithDropout"/>, in [0, 1). In the order linear, dropout, norm, activation, as in <see cref="Mlp"/>.</param>
    public EnsembleMlp(
        Parameters parameters, string name, int members, int inputs, IReadOnlyList<int> hidden, int outputs, Activation activation, double outputGain, ref Randomness random,
        bool isNormalized = false, float dropout = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        if (!(dropout is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(dropout), $"EnsembleMlp {name}: the dropout rate is {dropout}; it must be in [0, 1).");
        (_name, Members, Inputs, Outputs, _dropout) = (name, members, inputs, outputs, dropout);
        if (isNormalized) (_norms, _normsAlone) = (new (Parameter, Parameter)[hidden.Count], new (Parameter, Parameter)[members, hidden.Count]);
        _layers = new (Parameter, Parameter, Activation)[hidden.Count + 1];
        _alone = new (Parameter, Parameter)[members, hidden.Count + 1];
        var width = inputs;
        for (var i = 0; i <= hidden.Count; i++)
        {
            var last = i == hidden.Count;
            var next = last ? outputs : hidden[i];
            var weight = parameters.Add($"{name}.{i}.weight", new(members, width, next), new Initializer.Constant(0), ref random);
            var initializer = new Initializer.Orthogonal(last ? outputGain : Math.Sqrt(2));
            for (var member = 0; member < members; member++)
                initializer.Fill(weight.Values.Slice(member * width * next, width * next), new(width, next), ref random);
            _layers[i] = (weight, parameters.Add($"{name}.{i}.bias", new(members, 1, next), new Initializer.Constant(0), ref random), last ? Activation.None : activation);
            if (i < _norms.Length)
            {
                _norms[i] = (
                    parameters.Add($"{name}.{i}.norm.gain", new(members, 1, next), new Initializer.Constant(1), ref random),
                    parameters.Add($"{name}.{i}.norm.shift", new(members, 1, next), new Initializer.Constant(0), ref random));
                for (var member = 0; member < members; member++)
                    _normsAlone[member, i] = (_norms[i].Gain.Part(member, new(next)), _norms[i].Shift.Part(member, new(next)));
            }
            for (var member = 0; member < members; member++)
                _alone[member, i] = (weight.Part(member, new(width, next)), _layers[i].Bias.Part(member, new(next)));
            width = next;
        }
    }

    /// <summary>Number of networks.</summary>
    public int Members { get; }

    /// <summary>Numbers per row.</summary>
    public int Inputs { get; }

    /// <summary>Numbers per result row.</summary>
    public int Outputs { get; }

    /// <summary>Applies every member, without dropout.</summary>
    /// <param name="x">[rows, inputs], the same rows for all, or [members, rows, inputs], each member its own.</param>
    /// <returns>[members, rows, outputs].</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public Tensor Forward(Tensor x)
    {
        RequireFit(x);
        return ForwardOutput(ForwardHidden(x));
    }

    /// <summary>Applies all layers but the last, without dropout; <paramref name="x"/> itself without hidden layers.</summary>
    internal Tensor ForwardHidden(Tensor x)
    {
        for (var i = 0; i < _layers.Length - 1; i++)
        {
            var (weight, bias, activation) = _layers[i];
            x = i < _norms.Length ? Normalize(x.Linear(weight, bias), i).Activate(activation) : x.Linear(weight, bias, activation);
        }
        return x;
    }

    /// <summary>Applies the last layer to what <see cref="ForwardHidden"/> gave, or to what was made of it.</summary>
    internal Tensor ForwardOutput(Tensor hidden) => hidden.Linear(_layers[^1].Weight, _layers[^1].Bias, _layers[^1].Activation);

    /// <summary>Applies every member with dropout, for training: each drops its own numbers. Without a dropout rate it is <see cref="Forward"/>, and draws nothing.</summary>
    /// <param name="x">As in <see cref="Forward"/>.</param>
    /// <param name="random">Decides what is dropped.</param>
    /// <returns>[members, rows, outputs].</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public Tensor ForwardWithDropout(Tensor x, ref Randomness random)
    {
        if (_dropout == 0) return Forward(x);
        RequireFit(x);
        for (var i = 0; i < _layers.Length; i++)
        {
            var (weight, bias, activation) = _layers[i];
            x = x.Linear(weight, bias);
            if (i < _layers.Length - 1) x = x.Dropout(_dropout, ref random);
            if (i < _norms.Length) x = Normalize(x, i);
            x = x.Activate(activation);
        }
        return x;
    }

    private Tensor Normalize(Tensor x, int layer) => x.LayerNorm() * Tensor.Of(_norms[layer].Gain) + Tensor.Of(_norms[layer].Shift);

    private void RequireFit(Tensor x)
    {
        var shape = x.Shape;
        if (shape.Rank is not (2 or 3) || shape[-1] != Inputs || (shape.Rank == 3 && shape[0] != Members))
            throw new ArgumentException($"EnsembleMlp {_name}: input {shape} does not fit; wanted [rows, {Inputs}] or [{Members}, rows, {Inputs}].", nameof(x));
    }

    /// <summary>Applies one member alone, at its cost alone.</summary>
    /// <param name="member">In [0, <see cref="Members"/>).</param>
    /// <param name="x">[rows, inputs].</param>
    /// <returns>[rows, outputs]: the bits of the member's part of <see cref="Forward"/>.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such member.</exception>
    public Tensor ForwardMember(int member, Tensor x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(member);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(member, Members);
        return ForwardMemberOutput(member, ForwardMemberHidden(member, x));
    }

    /// <summary>Applies all layers but the last of one member.</summary>
    internal Tensor ForwardMemberHidden(int member, Tensor x)
    {
        for (var i = 0; i < _layers.Length - 1; i++)
        {
            var (weight, bias) = _alone[member, i];
            x = i < _norms.Length
                ? (x.Linear(weight, bias).LayerNorm() * Tensor.Of(_normsAlone[member, i].Gain) + Tensor.Of(_normsAlone[member, i].Shift)).Activate(_layers[i].Activation)
                : x.Linear(weight, bias, _layers[i].Activation);
        }
        return x;
    }

    /// <summary>Applies the last layer of one member to what <see cref="ForwardMemberHidden"/> gave.</summary>
    internal Tensor ForwardMemberOutput(int member, Tensor hidden) => hidden.Linear(_alone[member, _layers.Length - 1].Weight, _alone[member, _layers.Length - 1].Bias, _layers[^1].Activation);
}
