namespace Pilotage.Evaluation.Statistics;

/// <summary>Shares of yes among independent units: intervals that stay honest at 0 and 1, and the test of a trend.</summary>
public static class Proportion
{
    /// <summary>Wilson's score interval of a share.</summary>
    /// <param name="count">Units that say yes, in [0, <paramref name="units"/>].</param>
    /// <param name="units">At least 1.</param>
    /// <param name="errorPerEnd">Probability of error of each end, in (0, 0.5).</param>
    /// <returns>The interval, within [0, 1]. None of 50 gives [0, 0.071] at 95 %: no count shows that something cannot happen.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <remarks>Wilson, Journal of the American Statistical Association 22 (1927).</remarks>
    public static Interval Wilson(int count, int units, double errorPerEnd = 0.025)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, units);
        if (!(errorPerEnd is > 0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(errorPerEnd), errorPerEnd, "The error of an end lies in (0, 0.5).");
        var (z, share) = (NormalDistribution.Quantile(1 - errorPerEnd), (double)count / units);
        var (shrink, centre) = (1 + z * z / units, share + z * z / (2 * units));
        var half = z * Math.Sqrt(share * (1 - share) / units + z * z / (4.0 * units * units));
        return new(count == 0 ? 0 : (centre - half) / shrink, count == units ? 1 : (centre + half) / shrink);
    }

    /// <summary>The test of Cochran and Armitage: does the share rise with a score?</summary>
    /// <param name="counts">Units that say yes, one number per group.</param>
    /// <param name="units">Units of each group, at least 1.</param>
    /// <param name="scores">Score of each group; not all the same.</param>
    /// <returns>The standard normal statistic, above 0 where the share rises; 0 where all units say the same.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or the scores are all the same.</exception>
    /// <remarks>Armitage, Biometrics 11 (1955), with the variance of independent binomials under no trend.</remarks>
    public static double Trend(ReadOnlySpan<int> counts, ReadOnlySpan<int> units, ReadOnlySpan<double> scores)
    {
        if (counts.Length != units.Length || counts.Length != scores.Length) throw new ArgumentException("A trend needs one count, one number of units and one score per group.");
        var (yes, all, weighted, squares, observed) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < counts.Length; i++)
        {
            (yes, all) = (yes + counts[i], all + units[i]);
            (weighted, squares) = (weighted + units[i] * scores[i], squares + units[i] * scores[i] * scores[i]);
            observed += counts[i] * scores[i];
        }
        var spread = squares - weighted * weighted / all;
        if (!(spread > 1e-12 * squares)) throw new ArgumentException("A trend needs groups of different scores.", nameof(scores));
        var share = yes / all;
        return share is 0 or 1 ? 0 : (observed - share * weighted) / Math.Sqrt(share * (1 - share) * spread);
    }
}
