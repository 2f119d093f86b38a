namespace Pilotage.Evaluation.Statistics;

/// <summary>The exact sign-flip (permutation) test of a mean, with the interval that it inverts to: for few paired units, no normality assumed.</summary>
/// <remarks>
/// All 2^n patterns of signs are equally likely if the units lie symmetrically about the border. Flipping a subset lowers the sum by twice the subset's
/// distance from the border, so a pattern is at least as extreme as what was seen exactly when its subset's mean is not above the border: the sorted
/// means of all subsets give both p and interval (Hartigan, JASA 64, 1969).
/// </remarks>
public sealed class SignFlip : IInference
{
    /// <summary>The most units that all patterns are tried for: 2^16 means sort in milliseconds.</summary>
    public const int MaximumUnits = 16;

    private readonly double[] _means;                                   // of all subsets but the empty one, ascending

    /// <summary>Prepares the means of all subsets.</summary>
    /// <param name="units">1 to <see cref="MaximumUnits"/> independent units, usually paired differences.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none or too many units.</exception>
    public SignFlip(ReadOnlySpan<double> units)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units.Length, 1, nameof(units));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units.Length, MaximumUnits, nameof(units));
        (Units, Estimate) = (units.Length, Sample.Mean(units));
        var sorted = Sample.Sorted(units);                              // so the order in which units arrive moves no rounding
        var rounding = 1e-12 * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1]));
        _means = new double[(1 << units.Length) - 1];
        for (var subset = 1; subset <= _means.Length; subset++)
        {
            var (sum, count) = (0.0, 0);
            for (var i = 0; i < sorted.Length; i++)
            {
                if ((subset >> i & 1) == 0) continue;
                sum += sorted[i];
                count++;
            }
            _means[subset - 1] = Math.Abs(sum) <= rounding ? 0 : sum / count;       // 0.1 + 0.2 - 0.3 must tie with 0
        }
        Array.Sort(_means);
    }

    /// <inheritdoc/>
    public string Name => "exact sign-flip test";

    /// <inheritdoc/>
    public int Units { get; }

    /// <inheritdoc/>
    public double Estimate { get; }

    /// <inheritdoc/>
    public double SmallestP => 1.0 / (1 << Units);

    /// <inheritdoc/>
    public Interval Bounds(double errorPerEnd)
    {
        var rank = Ranks.Within(errorPerEnd, 1 << Units);
        return rank == 0 ? Interval.Everything : new(_means[rank - 1], _means[^rank]);
    }

    /// <inheritdoc/>
    public double PAbove(double border) => SmallestP * (1 + Ranks.CountAtMost(_means, border));

    /// <inheritdoc/>
    public double PBelow(double border) => SmallestP * (1 + Ranks.CountAtLeast(_means, border));
}
