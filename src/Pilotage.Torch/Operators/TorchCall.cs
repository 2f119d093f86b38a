using Pilotage.Tensors;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>One call of a <see cref="TorchOperator"/>.</summary>
internal readonly ref struct TorchCall(TorchTape tape, ReadOnlySpan<int> inputs, OperatorSettings settings, Shape shape)
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

    /// <summary>The first index of an input that is not in [0, extent), and its place; null if there is none.</summary>
    public (int Index, int Place)? FirstOutside(int input, int extent) => tape.FirstOutside(_inputs[input], extent);

    /// <summary>Reads a mask back to the host.</summary>
    public bool[] Booleans(int input)
    {
        var values = new bool[ShapeOf(input).Count];
        tape.CopyMask(_inputs[input], values);
        return values;
    }
}
