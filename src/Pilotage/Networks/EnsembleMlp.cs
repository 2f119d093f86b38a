using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>Several multilayer perceptrons of one shape and their own weights, each layer one fused operation: twin critics, bootstrap ensembles, dynamics models.</summary>
/// <remarks>Equal to as many <see cref="Mlp"/>s side by side. One member is trained by its own rows alone, unless the loss mixes the members.</remarks>
public sealed class EnsembleMlp
{
    private readonly (Parameter Weight, Parameter Bias, Activation Activation)[] _layers;
    private readonly (Parameter Weight, Parameter Bias)[,] _alone;                       // each member's part of each layer
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
    public EnsembleMlp(
        Parameters parameters, string name, int members, int inputs, IReadOnlyList<int> hidden, int outputs, Activation activation, double outputGain, ref Randomness random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        (_name, Members, Inputs, Outputs) = (name, members, inputs, outputs);
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

    /// <summary>Applies every member.</summary>
    /// <param name="x">[rows, inputs], the same rows for all, or [members, rows, inputs], each member its own.</param>
    /// <returns>[members, rows, outputs].</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public Tensor Forward(Tensor x)
    {
        var shape = x.Shape;
        if (shape.Rank is not (2 or 3) || shape[-1] != Inputs || (shape.Rank == 3 && shape[0] != Members))
            throw new ArgumentException($"EnsembleMlp {_name}: input {shape} does not fit; wanted [rows, {Inputs}] or [{Members}, rows, {Inputs}].", nameof(x));
        foreach (var (weight, bias, activation) in _layers) x = x.Linear(weight, bias, activation);
        return x;
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
        for (var i = 0; i < _layers.Length; i++) x = x.Linear(_alone[member, i].Weight, _alone[member, i].Bias, _layers[i].Activation);
        return x;
    }
}
