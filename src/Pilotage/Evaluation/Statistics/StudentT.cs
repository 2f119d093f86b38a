namespace Pilotage.Evaluation.Statistics;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    /// <summary>The share of the distribution at or above a point: precise where it is small.</summary>
    /// <param name="t">Any number, infinities included.</param>
    /// <param name="degrees">Degrees of freedom, above 0; need not be whole.</param>
    /// <returns>P(T ≥ t), in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="degrees"/> is not above 0.</exception>
    public static double UpperTail(double t, double degrees)
    {
        if (!(degrees > 0)) throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "Student's t needs degrees of freedom above 0.");
        if (double.IsInfinity(t)) return t > 0 ? 0 : 1;
        var half = 0.5 * SpecialFunctions.IncompleteBeta(0.5 * degrees, 0.5, degrees / (degrees + t * t));      // Abramowitz and Stegun 26.5.27
        return t >= 0 ? half : 1 - half;
    }

    /// <summary>The share of the distribution up to a point.</summary>
    /// <param name="t">Any number.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    /// <returns>P(T ≤ t), in [0, 1].</returns>
    public static double Cdf(double t, double degrees) => UpperTail(-t, degrees);

    /// <summary>The point up to which a given share lies.</summary>
    /// <param name="p">In (0, 1).</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside (0, 1).</exception>
    public static double Quantile(double p, double degrees)
    {
        if (!(p > 0 && p < 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A quantile needs a share in (0, 1).");
        return p == 0.5 ? 0
            : p > 0.5 ? SpecialFunctions.InvertFalling(t => UpperTail(t, degrees), 1 - p)
            : -SpecialFunctions.InvertFalling(t => UpperTail(t, degrees), p);
    }
}
