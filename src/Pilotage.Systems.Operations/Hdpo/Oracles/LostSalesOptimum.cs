namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The best policy of one store that loses unmet Poisson demand, by relative value iteration on whole units.</summary>
/// <remarks>
/// State: on hand and the L - 1 orders on the way (the order of the period itself completes L). The average cost is bracketed by the least and the greatest change of an iteration
/// (Odoni, Operations Research 17, 1969) and iterated until both agree. Stock and orders are held to bounds far beyond what is ever wanted; a test moves the bounds.
/// </remarks>
internal sealed class LostSalesOptimum
{
    private readonly int _mostOnHand, _mostOrdered, _leadTime;
    private readonly int[] _orders;

    private LostSalesOptimum(int leadTime, int mostOnHand, int mostOrdered, int[] orders, double cost) =>
        (_leadTime, _mostOnHand, _mostOrdered, _orders, Cost) = (leadTime, mostOnHand, mostOrdered, orders, cost);

    /// <summary>Money for a period, in the long run.</summary>
    public double Cost { get; }

    /// <summary>Solves a store.</summary>
    /// <param name="rate">Mean demand of a period.</param>
    /// <param name="leadTime">L, 1 to 4; the number of states grows by a factor of <paramref name="mostOrdered"/> with each period.</param>
    /// <param name="holdingCost">h.</param>
    /// <param name="shortageCost">p.</param>
    /// <param name="mostOnHand">The most stock on hand that is told apart.</param>
    /// <param name="mostOrdered">The most that is ordered in a period.</param>
    /// <param name="tolerance">Widest bracket of the cost.</param>
    public static LostSalesOptimum Of(double rate, int leadTime, double holdingCost, double shortageCost, int mostOnHand = 40, int mostOrdered = 15, double tolerance = 1e-7)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leadTime, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leadTime, 4);
        var demand = DemandProcess.Poisson.Probabilities(rate);
        var pipelines = 1;                                               // combinations of orders on the way
        for (var i = 1; i < leadTime; i++) pipelines *= mostOrdered + 1;
        var (levels, choices) = (mostOnHand + 1, mostOrdered + 1);
        var (value, next, orders) = (new double[levels * pipelines], new double[levels * pipelines], new int[levels * pipelines]);

        var now = new double[levels];                                    // cost of a period by stock on hand
        for (var x = 0; x < levels; x++)
            for (var d = 0; d < demand.Length; d++) now[x] += demand[d] * (x >= d ? holdingCost * (x - d) : shortageCost * (d - x));
        var left = new double[levels, levels];                           // P(stock x becomes y)
        for (var x = 0; x < levels; x++)
            for (var d = 0; d < demand.Length; d++) left[x, Math.Max(0, x - d)] += demand[d];

        while (true)
        {
            for (var pipeline = 0; pipeline < pipelines; pipeline++)
                for (var x = 0; x < levels; x++)
                {
                    var best = double.PositiveInfinity;
                    for (var order = 0; order < choices; order++)
                    {
                        // The oldest order, the last digit, arrives; with L = 1 it is the order itself.
                        var all = pipeline + order * pipelines;
                        var (arriving, ahead) = (all % choices, all / choices);
                        var sum = now[x];
                        for (var y = 0; y <= x; y++) sum += left[x, y] * value[ahead * levels + Math.Min(mostOnHand, y + arriving)];
                        if (sum < best - 1e-12) (best, orders[pipeline * levels + x]) = (sum, order);
                    }
                    next[pipeline * levels + x] = best;
                }
            var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = 0; i < value.Length; i++)
            {
                least = Math.Min(least, next[i] - value[i]);
                most = Math.Max(most, next[i] - value[i]);
            }
            if (most - least < tolerance) return new(leadTime, mostOnHand, mostOrdered, orders, (least + most) / 2);
            for (var i = 0; i < value.Length; i++) value[i] = next[i] - next[0];
        }
    }

    /// <summary>What is best to order.</summary>
    /// <param name="state">On hand, then what arrives in 1, … L - 1 periods; rounded to whole units.</param>
    public int Order(ReadOnlySpan<float> state)
    {
        var place = 0;
        for (var slot = _leadTime - 1; slot >= 1; slot--) place = place * (_mostOrdered + 1) + Math.Clamp((int)MathF.Round(state[slot]), 0, _mostOrdered);
        return _orders[place * (_mostOnHand + 1) + Math.Clamp((int)MathF.Round(state[0]), 0, _mostOnHand)];
    }
}
