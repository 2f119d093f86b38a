namespace Pilotage.Testing.Reference.Operators;

/// <summary>Layer normalisation, its derivative written from the definition: each output depends on every input of its row.</summary>
internal sealed class ReferenceLayerNorm : ReferenceOperator
{
    public override (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call)
    {
        var (x, gain, shift) = (call.Input(0), call.Tensors[1], call.Tensors[2]);
        var (columns, epsilon) = (call.Shape[-1], call.Settings.Number);
        var rows = x.Values.Length / Math.Max(1, columns);
        var values = new double[x.Values.Length];
        var normal = new double[values.Length];
        var deviations = new double[rows];
        for (var r = 0; r < rows; r++)
        {
            var row = x.Values.AsSpan(r * columns, columns).ToArray();
            var mean = row.Average();
            deviations[r] = Math.Sqrt(row.Sum(v => (v - mean) * (v - mean)) / columns + epsilon);
            for (var c = 0; c < columns; c++)
            {
                normal[r * columns + c] = (row[c] - mean) / deviations[r];
                values[r * columns + c] = normal[r * columns + c] * (gain?.Values[c] ?? 1) + (shift?.Values[c] ?? 0);
            }
        }
        return (values, Backward);

        void Backward(double[] adjoint)
        {
            for (var r = 0; r < rows; r++)
                for (var c = 0; c < columns; c++)
                {
                    var at = r * columns + c;
                    gain?.Accumulate(c, adjoint[at] * normal[at]);
                    shift?.Accumulate(c, adjoint[at]);
                    for (var k = 0; k < columns; k++)
                    {
                        // d normal_c / d x_k = ([c = k] - 1/n - normal_c normal_k / n) / deviation.
                        var slope = ((c == k ? 1 : 0) - 1.0 / columns - normal[at] * normal[r * columns + k] / columns) / deviations[r];
                        x.Accumulate(r * columns + k, adjoint[at] * (gain?.Values[c] ?? 1) * slope);
                    }
                }
        }
    }
}
