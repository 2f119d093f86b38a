using Pilotage.Tensors;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>One call of a <see cref="TorchOperator"/>.</summary>
internal readonly ref struct TorchCall(TorchTape tape, Operator operation, ReadOnlySpan<int> inputs, OperatorSettings settings, Shape shape)
{
    private readonly ReadOnlySpan<int> _inputs = inputs;

    public OperatorSettings Settings => settings;

    /// <summary>The output's shape.</summary>
    public Shape Shape => shape;

    public TorchDevice Device => tape.Place;

    /// <summary>The leaf of <see cref="OperatorSettings.Weight"/>.</summary>
    public Native Weight => tape.LeafOf(settings.Weight!);

    public Shape ShapeOf(int input) => tape.ExtentsOf(_inputs[input]);

    public Native Input(int input) => tape.Value(_inputs[input]);

    /// <summary>An input; null for an absent one.</summary>
    public Native? Optional(int input) => _inputs[input] < 0 ? null : Input(input);

    /// <summary>Throws if an index of an input is not in [0, extent).</summary>
    public void CheckIndices(int input, int extent, string place, in Shape shape) => tape.CheckIndices(_inputs[input], extent, operation.ToString(), place, shape);

    /// <summary>Reads a mask back to the host.</summary>
    public bool[] Booleans(int input)
    {
        var values = new bool[ShapeOf(input).Count];
        tape.CopyMask(_inputs[input], values);
        return values;
    }
}
