namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The best policy of a chain with backlog, by the recursion of Clark and Scarf (Management Science 6, 1960) on a grid; a chain of one is the store's newsvendor.</summary>
/// <param name="Levels">Echelon stock of each location, store first.</param>
/// <param name="Cost">Money for a period.</param>
/// <remarks>
/// Stock on the way is not charged, so a location k &gt; 1 pays h_k (e_k - z_k-1): what has arrived at its echelon less the echelon position that it has shipped up to. With
/// g_1(z) = E[h_1 (z - D)^+ + p (D - z)^+] - h_2 z, D over L_1 + 1 periods, S_k = argmin g_k, V_k(e) = g_k(min(S_k, e)) + h_k+1 e and
/// g_k+1(z) = E[V_k(z - D)] - h_k+2 z, D over L_k+1 periods, the last location, which the supplier never fails, has h = 0 above it and its least g is the cost.
/// </remarks>
internal readonly record struct EchelonOptimum(IReadOnlyList<double> Levels, double Cost)
{
    /// <summary>Solves a chain.</summary>
    /// <param name="holdingCosts">h of each location, store first.</param>
    /// <param name="leadTimes">Into each location.</param>
    /// <param name="shortageCost">p of the store.</param>
    /// <param name="demand">Of one period.</param>
    public static EchelonOptimum Of(IReadOnlyList<double> holdingCosts, IReadOnlyList<int> leadTimes, double shortageCost, DemandGrid demand)
    {
        var step = demand.Step;
        var mean = demand.Probabilities.Select((p, i) => p * i).Sum() * step;
        var horizon = (leadTimes.Sum() + 1) * mean;
        var lowest = -(int)(2 * horizon / step) - 1;                     // echelon stock below this is not worth its shortage at any lead time
        var count = (int)(2.5 * horizon / step) - lowest + 1;
        double Stock(int place) => (lowest + place) * step;

        var levels = new double[holdingCosts.Count];
        var value = new double[count];                                   // V_k-1 of each stock; for the store the cost of a period's end
        for (var i = 0; i < count; i++) value[i] = Stock(i) >= 0 ? holdingCosts[0] * Stock(i) : -shortageCost * Stock(i);
        for (var k = 0; ; k++)
        {
            var above = k + 1 < holdingCosts.Count ? holdingCosts[k + 1] : 0;
            var ahead = demand.Sum(leadTimes[k] + (k == 0 ? 1 : 0)).Probabilities;
            var slope = value[0] - value[1];                             // far below, V is a line: it goes on beyond the grid
            var g = new double[count];
            var best = 0;
            for (var i = 0; i < count; i++)
            {
                var sum = -above * Stock(i);
                for (var d = 0; d < ahead.Count; d++) sum += ahead[d] * (i >= d ? value[i - d] : value[0] + slope * (d - i));
                g[i] = sum;
                if (g[i] < g[best]) best = i;
            }
            levels[k] = Stock(best);
            if (k + 1 == holdingCosts.Count) return new(levels, g[best]);
            for (var i = 0; i < count; i++) value[i] = g[Math.Min(i, best)] + above * Stock(i);
        }
    }
}
