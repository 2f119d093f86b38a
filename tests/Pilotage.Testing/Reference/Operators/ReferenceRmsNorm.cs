namespace Pilotage.Testing.Reference.Operators;

/// <summary>Root-mean-square normalisation, its derivative written from the definition: each output depends on every input of its row.</summary>
internal sealed class ReferenceRmsNorm : ReferenceOperator
{
    public override (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call)
    {
        var (x, gain, columns, epsilon) = (call.Input(0), call.Tensors[1], call.Shape[-1], call.Settings.Number);
        var rows = x.Values.Length / Math.Max(1, columns);
        var values = new double[x.Values.Length];
        var roots = new double[rows];
        for (var at = 0; at < values.Length; at++) roots[at / columns] += x.Values[at] * x.Values[at] / columns;
        for (var r = 0; r < rows; r++) roots[r] = Math.Sqrt(roots[r] + epsilon);
        for (var at = 0; at < values.Length; at++) values[at] = x.Values[at] / roots[at / columns] * (gain?.Values[at % columns] ?? 1);
        return (values, Backward);

        void Backward(double[] adjoint)
        {
            for (var at = 0; at < values.Length; at++)
            {
                var (r, c, root) = (at / columns, at % columns, roots[at / columns]);
                gain?.Accumulate(c, adjoint[at] * x.Values[at] / root);
                for (var k = 0; k < columns; k++)
                {
                    // d (x_c / root) / d x_k = [c = k] / root - x_c x_k / (n root^3).
                    var slope = (c == k ? 1 / root : 0) - x.Values[at] * x.Values[r * columns + k] / (columns * root * root * root);
                    x.Accumulate(r * columns + k, adjoint[at] * (gain?.Values[c] ?? 1) * slope);
                }
            }
        }
    }
}
