using Pilotage.Evaluation.Statistics;
using Pilotage.Numerics;

namespace Pilotage.Lab.Sweeps.Tuners;

/// <summary>By how much a point is expected to beat the best so far.</summary>
/// <remarks>Jones, Schonlau and Welch, J. Global Optim. 13 (1998), eq. 15, for maxima: E max(0, f - best) of a normal f.</remarks>
internal static class ExpectedImprovement
{
    /// <summary>The expectation.</summary>
    /// <param name="mean">Of the point's value.</param>
    /// <param name="deviation">Of the point's value, at least 0; 0 for a value that is known.</param>
    /// <param name="best">What is to be beaten.</param>
    /// <returns>At least 0.</returns>
    public static double Of(double mean, double deviation, double best)
    {
        if (deviation <= 0) return Math.Max(0, mean - best);
        var z = (mean - best) / deviation;
        var density = Exponential.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        return Math.Max(0, (mean - best) * NormalDistribution.Cdf(z) + deviation * density);
    }
}
