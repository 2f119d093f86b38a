namespace Pilotage.Evaluation.Statistics;

/// <summary>Figures that describe a sample. All need at least one value and read the values in the order given.</summary>
public static class Sample
{
    /// <summary>The arithmetic mean.</summary>
    /// <param name="values">At least one.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Mean(ReadOnlySpan<double> values)
    {
        ThrowIfEmpty(values);
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }

    /// <summary>The unbiased variance.</summary>
    /// <param name="values">At least one.</param>
    /// <returns>The sum of squared deviations over n - 1; 0 for one value.</returns>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Variance(ReadOnlySpan<double> values)
    {
        var mean = Mean(values);
        if (values.Length == 1 || values.IndexOfAnyExcept(values[0]) < 0) return 0;     // equal values must not vary by a rounding of their mean
        var sum = 0.0;
        foreach (var value in values) sum += (value - mean) * (value - mean);
        return sum / (values.Length - 1);
    }

    /// <summary>The square root of <see cref="Variance"/>.</summary>
    /// <param name="values">At least one.</param>
    /// <returns>At least 0, in the values' unit.</returns>
    public static double StandardDeviation(ReadOnlySpan<double> values) => Math.Sqrt(Variance(values));

    /// <summary>The standard deviation of the mean.</summary>
    /// <param name="values">At least one.</param>
    /// <returns>At least 0, in the values' unit; 0 for one value, where nothing is known.</returns>
    public static double StandardError(ReadOnlySpan<double> values) => Math.Sqrt(Variance(values) / values.Length);

    /// <summary>The value below which a given share of the sample lies, interpolated linearly between order statistics.</summary>
    /// <param name="values">At least one, in any order.</param>
    /// <param name="share">In [0, 1]; 0.5 is the median.</param>
    /// <returns>The quantile (Hyndman and Fan's type 7).</returns>
    /// <exception cref="ArgumentException">There are no values.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is outside [0, 1].</exception>
    public static double Quantile(ReadOnlySpan<double> values, double share)
    {
        if (!(share >= 0 && share <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies in [0, 1].");
        var sorted = Sorted(values);
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /// <summary>The middle value.</summary>
    /// <param name="values">At least one, in any order.</param>
    /// <returns>The median; between the middle two if their number is even.</returns>
    public static double Median(ReadOnlySpan<double> values) => Quantile(values, 0.5);

    /// <summary>The mean of the middle half: less moved by one bad seed than the mean, less coarse than the median.</summary>
    /// <param name="values">At least one, in any order.</param>
    /// <returns>The inter-quartile mean; a quarter of the weight is cut at each end, values at the cut count in part.</returns>
    /// <exception cref="ArgumentException">There are no values.</exception>
    /// <remarks>arXiv:2108.13264 cuts whole values; cutting in part gives the same where the number is a multiple of four and varies smoothly between.</remarks>
    public static double InterquartileMean(ReadOnlySpan<double> values)
    {
        var sorted = Sorted(values);
        var (low, high) = (0.25 * sorted.Length, 0.75 * sorted.Length);
        var sum = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var weight = Math.Min(i + 1, high) - Math.Max(i, low);      // the part of [i, i + 1] that lies in the middle half
            if (weight > 0) sum += weight * sorted[i];
        }
        return sum / (high - low);
    }

    internal static double[] Sorted(ReadOnlySpan<double> values)
    {
        ThrowIfEmpty(values);
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static void ThrowIfEmpty(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) throw new ArgumentException("A sample needs at least one value.", nameof(values));
    }
}
