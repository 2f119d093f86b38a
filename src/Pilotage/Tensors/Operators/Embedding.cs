namespace Pilotage.Tensors.Operators;

/// <summary>Rows of a table. The gradient is added straight to the rows of the table's, in the order of the indices.</summary>
internal sealed unsafe class Embedding : ManagedOperator
{
    public override OperatorMemory Memory(in OperatorCall call) => default;

    public override void Forward(in OperatorCall call)
    {
        var table = call.Settings.Weight!;
        var columns = table.Shape[1];
        var indices = new ReadOnlySpan<int>(call.Integers(0), call.ShapeOf(0).Count);
        RefuseOutside(table, indices);
        for (var i = 0; i < indices.Length; i++)
            new ReadOnlySpan<float>(table.ValuePointer + (long)indices[i] * columns, columns).CopyTo(new Span<float>(call.Value + (long)i * columns, columns));
    }

    public override void Backward(in OperatorCall call)
    {
        var d = call.WeightGradient;
        if (d == null) return;
        var (columns, count) = (call.Settings.Weight!.Shape[1], call.ShapeOf(0).Count);
        for (var i = 0; i < count; i++)
            Kernels.Elementwise.AddExactly(call.Gradient + (long)i * columns, d + (long)call.Integers(0)[i] * columns, columns);
    }

    private static void RefuseOutside(Parameter table, ReadOnlySpan<int> indices)
    {
        var rows = table.Shape[0];
        for (var i = 0; i < indices.Length; i++)
            if ((uint)indices[i] >= (uint)rows)
                throw new ArgumentOutOfRangeException(nameof(indices), $"Embed: index {indices[i]} at place {i} lies outside axis 0 of {table.Name} {table.Shape}; allowed are 0 to {rows - 1}.");
    }
}
