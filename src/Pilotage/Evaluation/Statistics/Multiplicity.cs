namespace Pilotage.Evaluation.Statistics;

/// <summary>Corrections of p for several tests. Adjusted p compare with the level itself.</summary>
public static class Multiplicity
{
    /// <summary>Bonferroni: each p times the number of tests.</summary>
    /// <param name="p">In [0, 1].</param>
    /// <returns>Adjusted p in the same order, at most 1.</returns>
    public static double[] Bonferroni(ReadOnlySpan<double> p)
    {
        var adjusted = p.ToArray();
        foreach (ref var value in adjusted.AsSpan()) value = Math.Min(1, value * p.Length);
        return adjusted;
    }

    /// <summary>Holm: the smallest p times the number of tests, the next times one less, and so on; never below an earlier one.</summary>
    /// <param name="p">In [0, 1].</param>
    /// <returns>Adjusted p in the same order, at most 1 and at most Bonferroni's.</returns>
    /// <remarks>Holm, Scandinavian Journal of Statistics 6 (1979). Valid whatever the tests' dependence.</remarks>
    public static double[] Holm(ReadOnlySpan<double> p)
    {
        var values = p.ToArray();
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(values, order);
        var adjusted = new double[values.Length];
        var greatest = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            greatest = Math.Max(greatest, Math.Min(1, values[rank] * (order.Length - rank)));
            adjusted[order[rank]] = greatest;
        }
        return adjusted;
    }
}
