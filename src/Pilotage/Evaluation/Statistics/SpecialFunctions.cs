namespace Pilotage.Evaluation.Statistics;

/// <summary>The two special functions that Student's t needs. Not a general library: arguments outside the stated ranges are refused.</summary>
public static class SpecialFunctions
{
    // Stirling's series, Abramowitz and Stegun 6.1.41: B(2n) / (2n (2n - 1)), n = 1..6. From x = 10 on the next term is below 1e-15.
    private static ReadOnlySpan<double> Stirling => [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360];

    /// <summary>The logarithm of the gamma function.</summary>
    /// <param name="x">Above 0.</param>
    /// <returns>ln Γ(x), to about 1e-14 relative.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is not above 0.</exception>
    public static double LogGamma(double x)
    {
        if (!(x > 0)) throw new ArgumentOutOfRangeException(nameof(x), x, "LogGamma is defined here for x above 0.");
        var shift = 0.0;
        for (; x < 10; x++) shift += Math.Log(x);                       // Γ(x + 1) = x Γ(x)
        var series = 0.0;
        for (var n = Stirling.Length - 1; n >= 0; n--) series = series / (x * x) + Stirling[n];
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series / x - shift;
    }

    /// <summary>The regularised incomplete beta function.</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <param name="x">In [0, 1].</param>
    /// <returns>I_x(a, b), in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is outside [0, 1].</exception>
    /// <remarks>Source: the continued fraction of Abramowitz and Stegun 26.5.8, evaluated by Lentz's method.</remarks>
    public static double IncompleteBeta(double a, double b, double x)
    {
        if (!(x >= 0 && x <= 1)) throw new ArgumentOutOfRangeException(nameof(x), x, "IncompleteBeta is defined for x in [0, 1].");
        if (x is 0 or 1) return x;
        if (x > (a + 1) / (a + b + 2)) return 1 - IncompleteBeta(b, a, 1 - x);           // the fraction converges fast below this point only
        var front = Math.Exp(a * Math.Log(x) + b * Math.Log(1 - x) + LogGamma(a + b) - LogGamma(a) - LogGamma(b));
        return front / (a * BetaFraction(a, b, x));
    }

    private static double BetaFraction(double a, double b, double x)
    {
        const double tiny = 1e-300;                                     // stands for a zero denominator
        const int terms = 10_000;                                       // some hundred are needed at a + b = 1e5
        double value = 1, numerator = 1, denominator = 0;
        for (var m = 1; m <= terms; m++)
        {
            var k = m / 2;
            var term = m % 2 == 0
                ? k * (b - k) * x / ((a + m - 1) * (a + m))
                : -(a + k) * (a + b + k) * x / ((a + m - 1) * (a + m));
            denominator = 1 + term * denominator;
            numerator = 1 + term / numerator;
            denominator = 1 / (denominator == 0 ? tiny : denominator);
            if (numerator == 0) numerator = tiny;
            var change = numerator * denominator;
            value *= change;
            if (Math.Abs(change - 1) < 1e-16) break;
        }
        return value;
    }

    /// <summary>Inverts a function that falls from its value at 0 towards 0.</summary>
    internal static double InvertFalling(Func<double, double> function, double target)
    {
        double low = 0, high = 1;
        while (function(high) > target) (low, high) = (high, 2 * high);
        while (true)
        {
            var middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) return middle;         // neighbouring doubles: nothing is left to halve
            if (function(middle) > target) low = middle;
            else high = middle;
        }
    }
}
