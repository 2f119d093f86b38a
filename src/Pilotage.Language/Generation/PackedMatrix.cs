using Pilotage.Tensors;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Language.Generation;

/// <summary>Weights [inputs, outputs] copied into panels of 64 columns, so that a product reads them in a straight line; with the biases that its chains start from.</summary>
/// <remarks>An element of a product is the same chain of multiply-adds as in the training forward, whatever the layout.</remarks>
internal sealed unsafe class PackedMatrix(int inputs, int outputs)
{
    private const int Panel = 64;
    private readonly AlignedBuffer _panels = new((outputs + Panel - 1) / Panel * Panel * inputs);
    private readonly AlignedBuffer _bias = new(outputs);
    private bool _hasBias;

    /// <summary>Columns.</summary>
    public int Outputs => outputs;

    /// <summary>Copies a layer's weight [inputs, columns] and bias to the columns from a first one on.</summary>
    public void Put(Parameter weight, Parameter? bias, int first = 0)
    {
        var columns = weight.Shape[1];
        var values = weight.Values;
        var panels = _panels.Memory.Span;
        for (var column = 0; column < columns;)
        {
            var (panel, place) = Math.DivRem(first + column, Panel);
            var count = Math.Min(Panel - place, columns - column);
            for (var s = 0; s < inputs; s++) values.Slice(s * columns + column, count).CopyTo(panels[((panel * inputs + s) * Panel + place)..]);
            column += count;
        }
        if (bias is null) return;
        _hasBias = true;
        bias.Values.CopyTo(_bias.Memory.Span[first..]);
    }

    /// <summary>Copies a matrix [outputs, inputs], turned.</summary>
    public void PutTurned(Parameter weight) => Panels.Turn(weight.ValuePointer, inputs, inputs, outputs, Panel, _panels.Start);

    /// <summary>y [rows, outputs] = x [rows, inputs] times this, plus the biases.</summary>
    public void Multiply(float* x, float* y, int rows)
    {
        for (var column = 0; column < outputs; column += Panel)
            Matrices.Multiply(new()
            {
                A = x, ARow = inputs, AStep = 1, B = _panels.Start + (nint)column * inputs, BStep = Panel, C = y + column, CRow = outputs, Steps = inputs,
                Start = _hasBias ? _bias.Start + column : null,
            }, rows, Math.Min(Panel, outputs - column));
    }
}
