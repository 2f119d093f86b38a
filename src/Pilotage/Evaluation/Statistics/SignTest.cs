namespace Pilotage.Evaluation.Statistics;

/// <summary>The sign test of a median with its interval between order statistics: for timings, whose tails make means worthless.</summary>
/// <remarks>Exact for any continuous distribution; a unit equal to the border counts against whatever is tested.</remarks>
public sealed class SignTest : IInference
{
    private readonly double[] _sorted;

    /// <summary>Sorts the units.</summary>
    /// <param name="units">At least one independent unit.</param>
    /// <exception cref="ArgumentException">There are no units.</exception>
    public SignTest(ReadOnlySpan<double> units) => (_sorted, Estimate) = (Sample.Sorted(units), Sample.Median(units));

    /// <inheritdoc/>
    public string Name => "sign test of the median";

    /// <inheritdoc/>
    public int Units => _sorted.Length;

    /// <inheritdoc/>
    public double Estimate { get; }

    /// <inheritdoc/>
    public double SmallestP => Math.ScaleB(1, -Units);

    /// <inheritdoc/>
    public Interval Bounds(double errorPerEnd)
    {
        var rank = 0;                                                   // as many extreme units as chance leaves on one side with at most that error
        while (2 * (rank + 1) <= Units && AtMost(rank) <= errorPerEnd * (1 + 1e-9)) rank++;
        return rank == 0 ? Interval.Everything : new(_sorted[rank - 1], _sorted[^rank]);
    }

    /// <inheritdoc/>
    public double PAbove(double border) => AtMost(Ranks.CountAtMost(_sorted, border));

    /// <inheritdoc/>
    public double PBelow(double border) => AtMost(Ranks.CountAtLeast(_sorted, border));

    // P(Binomial(n, 1/2) ≤ k) = I_1/2(n - k, k + 1), Abramowitz and Stegun 26.5.24
    private double AtMost(int count) => count >= Units ? 1 : SpecialFunctions.IncompleteBeta(Units - count, count + 1, 0.5);
}
