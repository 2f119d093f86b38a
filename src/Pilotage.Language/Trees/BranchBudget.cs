namespace Pilotage.Language.Trees;

/// <summary>How many children each active path of a query gets. Pure functions.</summary>
/// <remarks>arXiv:2508.17445, sections 3.1 and 4.4, and the authors' code.</remarks>
public static class BranchBudget
{
    /// <summary>Children of all active paths together: what stopped paths had coming is passed on to those that go on.</summary>
    /// <param name="remaining">Leaves that the query still wants, at least the active paths.</param>
    /// <param name="branching">Children of a node (b), at least 1.</param>
    /// <param name="active">Paths that go on.</param>
    /// <param name="stopped">Paths that stopped in this step.</param>
    /// <returns>min(remaining, b (stopped + active)).</returns>
    public static int Total(int remaining, int branching, int active, int stopped) => (int)Math.Min(remaining, (long)branching * (stopped + active));

    /// <summary>The same number for each path, what is left over to the last.</summary>
    /// <param name="total">Children, at least as many as paths.</param>
    /// <param name="counts">Receives the children of each path.</param>
    /// <exception cref="ArgumentException">There is no path, or fewer children than paths.</exception>
    public static void Uniform(int total, Span<int> counts)
    {
        Refuse(total, counts.Length);
        counts.Fill(total / counts.Length);
        counts[^1] += total % counts.Length;
    }

    /// <summary>One for each path, the others by a softmax of scores over a temperature; fractions are rounded such that the largest ones are rounded up.</summary>
    /// <param name="total">Children, at least as many as paths.</param>
    /// <param name="scores">Of each path, any unit: larger ones get more.</param>
    /// <param name="temperature">Above 0. Small: all to the largest; large: the same for each.</param>
    /// <param name="counts">Receives the children of each path, adding up to the total.</param>
    /// <exception cref="ArgumentException">There is no path, there are fewer children than paths, the lengths differ, or the temperature is not above 0.</exception>
    public static void Softmax(int total, ReadOnlySpan<double> scores, double temperature, Span<int> counts)
    {
        Refuse(total, counts.Length);
        if (scores.Length != counts.Length || !(temperature > 0))
            throw new ArgumentException($"BranchBudget: {scores.Length} scores for {counts.Length} paths at temperature {temperature}; wanted one for each, and a temperature above 0.", nameof(scores));
        var largest = double.NegativeInfinity;
        foreach (var score in scores) largest = Math.Max(largest, score);
        var (extra, sum) = (total - counts.Length, 0.0);
        var shares = new (double Fraction, int Path)[counts.Length];
        foreach (var score in scores) sum += Math.Exp((score - largest) / temperature);
        var left = extra;
        for (var path = 0; path < counts.Length; path++)
        {
            var share = extra * Math.Exp((scores[path] - largest) / temperature) / sum;
            counts[path] = 1 + (int)share;
            left -= (int)share;
            shares[path] = (share - Math.Floor(share), path);
        }
        foreach (var (_, path) in shares.OrderByDescending(share => share.Fraction).ThenBy(share => share.Path).Take(left)) counts[path]++;
    }

    private static void Refuse(int total, int paths)
    {
        if (paths < 1 || total < paths) throw new ArgumentException($"BranchBudget: {total} children for {paths} paths; wanted at least one path, and one child for each.", nameof(total));
    }
}
