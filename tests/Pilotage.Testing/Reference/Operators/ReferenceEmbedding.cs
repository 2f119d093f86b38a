namespace Pilotage.Testing.Reference.Operators;

/// <summary>Rows of a table by index.</summary>
internal sealed class ReferenceEmbedding : ReferenceOperator
{
    public override (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call)
    {
        var (indices, table, name) = (call.Indices[0]!.Value.Values, call.Weight!, call.Settings.Weight!.Name);
        var columns = table.Shape[1];
        RefuseOutside(indices, table, name);
        return ([.. indices.SelectMany(index => table.Values.Skip(index * columns).Take(columns))], Backward);

        void Backward(double[] adjoint)
        {
            for (var at = 0; at < adjoint.Length; at++) table.Accumulate(indices[at / columns] * columns + at % columns, adjoint[at]);
        }
    }

    private static void RefuseOutside(int[] indices, ReferenceNode table, string name)
    {
        var rows = table.Shape[0];
        for (var i = 0; i < indices.Length; i++)
            if (indices[i] < 0 || indices[i] >= rows)
                throw new ArgumentOutOfRangeException(nameof(indices), $"Embed: index {indices[i]} at place {i} lies outside axis 0 of {name} {table.Shape}; allowed are 0 to {rows - 1}.");
    }
}
