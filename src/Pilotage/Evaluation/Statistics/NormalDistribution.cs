using Pilotage.Numerics;

namespace Pilotage.Evaluation.Statistics;

/// <summary>The standard normal distribution: probabilities and quantiles for tests. Not a distribution of actions.</summary>
public static class NormalDistribution
{
    /// <summary>The share of the distribution up to a point.</summary>
    /// <param name="z">Any number.</param>
    /// <returns>Φ(z), in [0, 1].</returns>
    public static double Cdf(double z) => z > 0 ? 1 - UpperTail(z) : UpperTail(-z);

    /// <summary>The point up to which a given share lies.</summary>
    /// <param name="p">In (0, 1).</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside (0, 1).</exception>
    public static double Quantile(double p)
    {
        if (!(p > 0 && p < 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A quantile needs a share in (0, 1).");
        return p == 0.5 ? 0
            : p > 0.5 ? SpecialFunctions.InvertFalling(UpperTail, 1 - p)
            : -SpecialFunctions.InvertFalling(UpperTail, p);
    }

    private static double UpperTail(double z)
    {
        var density = Exponential.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        if (z < 3)                                                      // Abramowitz and Stegun 26.2.11: a series of positive terms
        {
            double term = z, sum = z;
            for (var n = 3; term > 1e-18; n += 2) sum += term *= z * z / n;
            return 0.5 - density * sum;
        }
        var fraction = z;                                               // 26.2.14: a continued fraction; 200 terms are exact to double from 3 on
        for (var n = 200; n > 0; n--) fraction = z + n / fraction;
        return density / fraction;
    }
}
