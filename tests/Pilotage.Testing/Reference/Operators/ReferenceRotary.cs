namespace Pilotage.Testing.Reference.Operators;

/// <summary>Rotary positions from the definition: each pair of elements is a point in the plane that is turned.</summary>
internal sealed class ReferenceRotary : ReferenceOperator
{
    public override (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call)
    {
        var (x, shape, settings) = (call.Input(0), call.Shape, call.Settings);
        var half = shape[3] / 2;
        var values = new double[shape.Count];
        ForPairs((first, second, sine, cosine) =>
        {
            values[first] = x.Values[first] * cosine - x.Values[second] * sine;
            values[second] = x.Values[second] * cosine + x.Values[first] * sine;
        });
        return (values, adjoint => ForPairs((first, second, sine, cosine) =>
        {
            x.Accumulate(first, adjoint[first] * cosine);
            x.Accumulate(second, -adjoint[first] * sine);
            x.Accumulate(second, adjoint[second] * cosine);
            x.Accumulate(first, adjoint[second] * sine);
        }));

        void ForPairs(Action<int, int, double, double> turn)
        {
            for (var at = 0; at < shape.Count; at++)
            {
                var place = ReferenceIndex.Coordinates(at, shape);
                if (place[3] >= half) continue;
                var (sine, cosine) = Math.SinCos((settings.First + (double)place[1]) * Math.Pow(settings.Number, -2.0 * place[3] / shape[3]));
                turn(at, at + half, sine, cosine);
            }
        }
    }
}
