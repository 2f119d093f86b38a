using Pilotage.Evaluation.Statistics;
using Pilotage.Numerics;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The best base stock of one store with backlog and normal demand, in closed form; demand may be below 0.</summary>
/// <param name="Level">S* = mu (L + 1) + z sigma sqrt(L + 1), z = Phi^-1(p / (p + h)).</param>
/// <param name="Cost">C* = (h + p) sigma sqrt(L + 1) phi(z), money for a period.</param>
internal readonly record struct NewsvendorOptimum(double Level, double Cost)
{
    /// <summary>The optimum.</summary>
    /// <param name="mean">mu of a period's demand.</param>
    /// <param name="deviation">sigma of a period's demand.</param>
    /// <param name="leadTime">L; an order at t must cover the demands of t, …, t + L.</param>
    /// <param name="holdingCost">h.</param>
    /// <param name="shortageCost">p.</param>
    public static NewsvendorOptimum Of(double mean, double deviation, int leadTime, double holdingCost, double shortageCost)
    {
        var z = NormalDistribution.Quantile(shortageCost / (shortageCost + holdingCost));
        var spread = deviation * Math.Sqrt(leadTime + 1);
        var density = Exponential.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        return new(mean * (leadTime + 1) + z * spread, (holdingCost + shortageCost) * spread * density);
    }
}
