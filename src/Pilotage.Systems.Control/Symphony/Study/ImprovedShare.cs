using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>What share of one arm's improvement over a floor another arm reaches: (mean a - mean floor) / (mean b - mean floor), with Fieller's interval.</summary>
internal static class ImprovedShare
{
    private const double Widest = 100;                                                    // shares beyond this are told as no bound
    private const int Halvings = 60;

    /// <summary>Measures the share.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="a">The arm that the claim is about.</param>
    /// <param name="b">The arm whose improvement is the whole.</param>
    /// <param name="floor">The arm that both are to improve on.</param>
    /// <param name="metric">One value a seed.</param>
    /// <param name="rule">The level; units are seeds.</param>
    /// <returns>The share. Both ends are infinite where b is not surely above the floor: a share of nothing is no number.</returns>
    /// <remarks>A share r is in the interval where the mean of (a - floor) - r (b - floor) over seeds may be 0 (Fieller, JRSS B 16, 1954).</remarks>
    public static Effect Of(StudyResults results, string a, string b, string floor, string metric, EffectRule rule)
    {
        double ValueOf(string arm, int seed) => Sample.Mean([.. results.Values(arm, seed, metric).Values]);
        var seeds = results.SeedsOf(a);
        var gained = seeds.Select(seed => ValueOf(a, seed) - ValueOf(floor, seed)).ToArray();
        var whole = seeds.Select(seed => ValueOf(b, seed) - ValueOf(floor, seed)).ToArray();
        IInference At(double share) => Inference.OfMean(gained.Zip(whole, (g, w) => g - share * w).ToArray(), rule.Seeds, rule.Resamples);
        Interval Bounds(double share) => At(share).Bounds(rule.ErrorPerEnd);

        var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
        if (Inference.OfMean(whole, rule.Seeds, rule.Resamples).Bounds(rule.ErrorPerEnd).Low > 0)
        {
            low = Border(share => Bounds(share).Low > 0);
            high = Border(share => Bounds(share).High >= 0);
        }
        var border = rule.Holds is { } holds && double.IsFinite(holds.Low) ? holds.Low : 0;
        return new(Sample.Mean(gained) / Sample.Mean(whole), low, high, seeds.Count, Inference.SmallestP(seeds.Count, rule.Sides, rule.Resamples))
        {
            P = Math.Min(1, At(border).PAbove(0) * (rule.Sides == Sides.Two ? 2 : 1) * rule.Comparisons),
            Test = FormattableString.Invariant($"Fieller's interval of a ratio of means, {seeds.Count} seeds"),
        };
    }

    // The greatest share of which it is true; it is true of small shares and false of large ones.
    private static double Border(Func<double, bool> isBelow)
    {
        var (low, high) = (-Widest, Widest);
        if (!isBelow(low)) return double.NegativeInfinity;
        if (isBelow(high)) return double.PositiveInfinity;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (isBelow(middle)) low = middle; else high = middle;
        }
        return low;
    }
}
