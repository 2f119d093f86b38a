namespace Pilotage.Systems.Control.Bpo;

/// <summary>The best new policy of one state whose ratios stay in a band: a linear program, solved exactly.</summary>
/// <remarks>
/// Maximise sum over a of pi0 rho Q subject to sum pi0 rho = 1 and c_l &lt;= rho &lt;= c_h: a fractional knapsack. Every action gets c_l, and what is left of the mass goes to the
/// best actions first, up to c_h. That is theorem 4.1 of arXiv:2604.18578 as lambda goes to 0, atoms on the median included: the action in the middle takes the ratio in between that
/// normalises. O(actions squared) for a handful of actions; allocates nothing.
/// </remarks>
internal static class LinearBandStep
{
    private const double Rounding = 1e-14;                // mass that is left by rounding alone

    /// <summary>Finds the ratios.</summary>
    /// <param name="probabilities">pi0, [actions], sum 1.</param>
    /// <param name="values">Q, [actions].</param>
    /// <param name="band">c_l and c_h.</param>
    /// <param name="ratios">Receives rho, [actions]; equal values get equal ratios, as the limit of the smooth solution has it.</param>
    /// <returns>mu: the value at which the mass runs out, the weighted quantile of Q (the median in a symmetric band).</returns>
    public static double Solve(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> values, RatioBand band, Span<double> ratios)
    {
        Span<int> order = stackalloc int[values.Length];
        SortDescending(values, order);
        var (left, centre) = (1 - band.Low, values[order[0]]);
        for (int first = 0, next; first < order.Length; first = next)
        {
            var value = values[order[first]];
            var mass = 0.0;
            for (next = first; next < order.Length && values[order[next]] == value; next++) mass += probabilities[order[next]];
            if (left > Rounding) centre = value;
            var wanted = mass * (band.High - band.Low);
            var share = wanted > 0 ? Math.Min(1, left / wanted) : left > 0 ? 1 : 0;
            for (var i = first; i < next; i++) ratios[order[i]] = band.Low + share * (band.High - band.Low);
            left = Math.Max(0, left - wanted);
        }
        return centre;
    }

    private static void SortDescending(ReadOnlySpan<double> values, Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
        {
            var place = i;
            for (; place > 0 && values[order[place - 1]] < values[i]; place--) order[place] = order[place - 1];
            order[place] = i;
        }
    }
}
