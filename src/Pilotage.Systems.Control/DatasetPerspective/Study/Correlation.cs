using Pilotage.Numerics;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>How two lists of numbers go together.</summary>
internal static class Correlation
{
    /// <summary>Pearson's r.</summary>
    /// <param name="x">At least two.</param>
    /// <param name="y">As many.</param>
    /// <returns>In [-1, 1]; 0 where either does not vary, of which nothing can be said.</returns>
    public static double Pearson(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Count; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy);
        }
        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : 0;
    }

    /// <summary>Spearman's rank correlation: Pearson's of the ranks, equal numbers sharing their mean rank.</summary>
    /// <param name="x">At least two.</param>
    /// <param name="y">As many.</param>
    /// <returns>In [-1, 1]; 0 where either does not vary.</returns>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y) => Pearson(Ranks(x), Ranks(y));

    /// <summary>Ranks from 1, the smallest, up; equal numbers share the mean of theirs.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        var ranks = new double[values.Count];
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        for (int first = 0, end; first < order.Length; first = end)
        {
            for (end = first + 1; end < order.Length && values[order[end]] == values[order[first]]; end++) { }
            for (var i = first; i < end; i++) ranks[order[i]] = (first + 1 + end) / 2.0;
        }
        return ranks;
    }

    /// <summary>Fisher's comparison of two correlations over n pairs each, as if they were independent.</summary>
    /// <param name="one">r, in (-1, 1).</param>
    /// <param name="other">r, in (-1, 1).</param>
    /// <param name="count">n, at least 4.</param>
    /// <returns>z: (artanh r - artanh r') / sqrt(2 / (n - 3)).</returns>
    /// <remarks>Fisher, Metron 1 (1921). Both share the data sets here, so it is a description; claims resample.</remarks>
    public static double FisherZ(double one, double other, int count) => (Artanh(one) - Artanh(other)) / Math.Sqrt(2.0 / (count - 3));

    private static double Artanh(double r) => (Logarithm.Log(1 + r) - Logarithm.Log(1 - r)) / 2;
}
