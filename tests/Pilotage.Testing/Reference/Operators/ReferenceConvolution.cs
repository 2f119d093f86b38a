namespace Pilotage.Testing.Reference.Operators;

/// <summary>Convolution from the definition: a term for each output, place of the window and channel of the group.</summary>
internal sealed class ReferenceConvolution : ReferenceOperator
{
    public override (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call)
    {
        var (x, weight, bias, shape) = (call.Input(0), call.Input(1), call.Tensors[2], call.Shape);
        var (stride, padding, groups) = (call.Settings.First, call.Settings.Second, call.Settings.Third);
        var values = new double[shape.Count];
        var terms = new List<(int Output, int Input, int Weight)>();
        for (var at = 0; at < values.Length; at++)
        {
            var place = ReferenceIndex.Coordinates(at, shape);
            values[at] = bias?.Values[place[3]] ?? 0;
            var group = place[3] / (weight.Shape[3] / groups);
            for (var r = 0; r < weight.Shape[0]; r++)
                for (var c = 0; c < weight.Shape[1]; c++)
                {
                    var (row, column) = (place[1] * stride + r - padding, place[2] * stride + c - padding);
                    if (row < 0 || row >= x.Shape[1] || column < 0 || column >= x.Shape[2]) continue;
                    for (var i = 0; i < weight.Shape[2]; i++)
                    {
                        var input = ReferenceIndex.Place([place[0], row, column, group * weight.Shape[2] + i], x.Shape);
                        var factor = ReferenceIndex.Place([r, c, i, place[3]], weight.Shape);
                        values[at] += x.Values[input] * weight.Values[factor];
                        terms.Add((at, input, factor));
                    }
                }
        }
        return (values, Backward);

        void Backward(double[] adjoint)
        {
            for (var at = 0; at < adjoint.Length; at++) bias?.Accumulate(at % shape[3], adjoint[at]);
            foreach (var (output, input, factor) in terms)
            {
                x.Accumulate(input, adjoint[output] * weight.Values[factor]);
                weight.Accumulate(factor, adjoint[output] * x.Values[input]);
            }
        }
    }
}
