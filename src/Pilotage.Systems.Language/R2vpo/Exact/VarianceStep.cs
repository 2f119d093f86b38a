namespace Pilotage.Systems.Language.R2vpo;

/// <summary>The best new policy of one decision under a bound on the ratio's variance, exactly.</summary>
/// <remarks>
/// Maximise E[r A] subject to E[r] = 1, E[(r - 1)^2] &lt;= delta, r &gt;= 0. Where no ratio would be negative, r = 1 + A / (2 lambda) with lambda = sigma / (2 sqrt delta), and the gain is
/// sqrt(delta) sigma. Else the worst actions get 0, and of the others, with mass p, mean m and variance s^2, r = 1 / p + (A - m) / (2 lambda) with lambda = s p / (2 sqrt(delta p - (1 - p))).
/// Ratios rise with A, so the actions at 0 are the worst ones: they are dropped from below until no ratio is negative, and the first such set is the optimum's (a larger set that fits would
/// contain it and gain no more). Where the best actions alone keep within the bound, it does not bind and lambda is 0.
/// </remarks>
internal static class VarianceStep
{
    /// <summary>Solves the constrained problem.</summary>
    /// <param name="bandit">The decision.</param>
    /// <param name="ratios">Receives r, one for each action.</param>
    /// <returns>lambda; 0 where the bound does not bind.</returns>
    public static double Solve(Bandit bandit, Span<double> ratios)
    {
        var order = bandit.BestFirst;
        var best = Group.Of(bandit, order, End(bandit, order, 0));
        if (bandit.Bound * best.Mass >= 1 - best.Mass) return Fill(bandit, order, best, lambda: 0, ratios);
        for (var kept = order.Length; kept > best.Count; kept = Start(bandit, order, kept - 1))
        {
            var group = Group.Of(bandit, order, kept);
            var lambda = group.Deviation * group.Mass / (2 * Math.Sqrt(bandit.Bound * group.Mass - (1 - group.Mass)));
            if (1 / group.Mass + (bandit.Advantages[order[kept - 1]] - group.Mean) / (2 * lambda) >= 0) return Fill(bandit, order, group, lambda, ratios);
        }
        return Fill(bandit, order, best, lambda: 0, ratios);                            // the bound is that of the best actions but for rounding
    }

    /// <summary>Solves the inner problem: the ratios that maximise E[r A] - lambda E[(r - 1)^2] for a given lambda.</summary>
    /// <param name="bandit">The decision; its bound does not count.</param>
    /// <param name="lambda">At least 0; 0 puts all mass on the best actions.</param>
    /// <param name="ratios">Receives r, one for each action.</param>
    public static void Ascend(Bandit bandit, double lambda, Span<double> ratios)
    {
        var order = bandit.BestFirst;
        for (var kept = lambda > 0 ? order.Length : End(bandit, order, 0); ; kept = Start(bandit, order, kept - 1))
        {
            var group = Group.Of(bandit, order, kept);
            if (lambda > 0 && 1 / group.Mass + (bandit.Advantages[order[kept - 1]] - group.Mean) / (2 * lambda) < 0) continue;
            Fill(bandit, order, group, lambda, ratios);
            return;
        }
    }

    /// <summary>How far ratios and a multiplier are from the optimum's conditions: the largest error of stationarity, of the sum, of signs and of complementarity.</summary>
    /// <param name="bandit">The decision.</param>
    /// <param name="ratios">r.</param>
    /// <param name="lambda">Their multiplier.</param>
    /// <returns>0 at the optimum; in units of the advantages and of ratios.</returns>
    public static double OptimalityError(Bandit bandit, ReadOnlySpan<double> ratios, double lambda)
    {
        var (error, sum, mu) = (0.0, 0.0, double.NegativeInfinity);
        // mu, the price of mass, is the slope of every action that has some and at least that of the others.
        for (var a = 0; a < bandit.Count; a++) mu = Math.Max(mu, Slope(a, ratios[a]));
        for (var a = 0; a < bandit.Count; a++)
        {
            sum += bandit.Probabilities[a] * ratios[a];
            error = Math.Max(error, Math.Max(-ratios[a], ratios[a] > 0 ? mu - Slope(a, ratios[a]) : 0));
        }
        var room = bandit.Bound - bandit.Variance(ratios);
        return Math.Max(error, Math.Max(Math.Abs(sum - 1), Math.Max(-room, Math.Min(room, lambda))));

        double Slope(int a, double ratio) => bandit.Advantages[a] - 2 * lambda * (ratio - 1);
    }

    private static int End(Bandit bandit, int[] order, int start)
    {
        var end = start + 1;
        while (end < order.Length && bandit.Advantages[order[end]] == bandit.Advantages[order[start]]) end++;
        return end;
    }

    private static int Start(Bandit bandit, int[] order, int last)
    {
        while (last > 0 && bandit.Advantages[order[last - 1]] == bandit.Advantages[order[last]]) last--;
        return last;
    }

    private static double Fill(Bandit bandit, int[] order, Group group, double lambda, Span<double> ratios)
    {
        ratios.Clear();
        for (var i = 0; i < group.Count; i++) ratios[order[i]] = 1 / group.Mass + (lambda > 0 ? (bandit.Advantages[order[i]] - group.Mean) / (2 * lambda) : 0);
        return lambda;
    }

    private readonly record struct Group(int Count, double Mass, double Mean, double Deviation)
    {
        public static Group Of(Bandit bandit, int[] order, int count)
        {
            var (mass, mean, variance) = (0.0, 0.0, 0.0);
            for (var i = 0; i < count; i++) mass += bandit.Probabilities[order[i]];
            if (count == order.Length) mass = 1;                                        // not but for rounding: the room below is small beside it
            for (var i = 0; i < count; i++) mean += bandit.Probabilities[order[i]] * bandit.Advantages[order[i]] / mass;
            for (var i = 0; i < count; i++) variance += bandit.Probabilities[order[i]] * Square(bandit.Advantages[order[i]] - mean) / mass;
            return new(count, mass, mean, Math.Sqrt(variance));
        }

        private static double Square(double value) => value * value;
    }
}
