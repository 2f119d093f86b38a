namespace Pilotage.Evaluation.Statistics;

/// <summary>How two figures go together.</summary>
public static class Correlation
{
    /// <summary>Pearson's correlation: the covariance in units of both standard deviations.</summary>
    /// <param name="x">Any number of values.</param>
    /// <param name="y">As many.</param>
    /// <returns>In [-1, 1]; NaN with fewer than two pairs, or where one of the two does not vary.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException(FormattableString.Invariant($"A correlation needs pairs, got {x.Length} and {y.Length} values."));
        if (x.Length < 2) return double.NaN;
        var (deviationX, deviationY) = (Sample.StandardDeviation(x), Sample.StandardDeviation(y));
        if (deviationX == 0 || deviationY == 0) return double.NaN;
        var (meanX, meanY, sum) = (Sample.Mean(x), Sample.Mean(y), 0.0);
        for (var i = 0; i < x.Length; i++) sum += (x[i] - meanX) * (y[i] - meanY);
        return Math.Clamp(sum / (x.Length - 1) / deviationX / deviationY, -1, 1);
    }
}
