namespace Pilotage.Testing.Reference.Operators;

/// <summary>Running log-sum-exps, each from its definition; the derivative by an earlier element is its share of the sum.</summary>
internal sealed class ReferenceCumulativeLogSumExp : ReferenceOperator
{
    public override (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call)
    {
        var (x, shape, axis) = (call.Input(0), call.Shape, call.Settings.First);
        var (largest, sums) = (new double[shape.Count], new double[shape.Count]);
        Array.Fill(largest, double.NegativeInfinity);
        ReferenceCumulativeSum.Earlier(shape, axis, (earlier, place) => largest[place] = Math.Max(largest[place], x.Values[earlier]));
        ReferenceCumulativeSum.Earlier(shape, axis, (earlier, place) => sums[place] += Share(x.Values[earlier], largest[place]));
        double[] values = [.. sums.Select((sum, place) => double.IsInfinity(largest[place]) ? largest[place] : largest[place] + Math.Log(sum))];
        return (values, adjoint => ReferenceCumulativeSum.Earlier(shape, axis, (earlier, place) => x.Accumulate(earlier, adjoint[place] * Share(x.Values[earlier], values[place]))));
    }

    /// <summary>exp(x - total), 0 where the total is minus infinity.</summary>
    private static double Share(double x, double total) => double.IsNegativeInfinity(total) ? 0 : Math.Exp(x - total);
}
