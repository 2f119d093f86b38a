namespace Pilotage.Testing.Reference;

/// <summary>Special functions in double, to about 1e-13: slow series that need no fit.</summary>
internal static class ReferenceGamma
{
    /// <summary>From here up the asymptotic series (NIST Handbook of Mathematical Functions, 5.11) is exact to double's end.</summary>
    private const double Far = 30;

    /// <summary>B_2k of the asymptotic series.</summary>
    private static readonly double[] Bernoulli = [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66];

    public static double LogGamma(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0 || double.IsPositiveInfinity(x)) return double.PositiveInfinity;
        // At its zeros the sum below cancels; Taylor's series does not.
        if (Math.Abs(x - 1) < 0.01) return NearOne(x - 1);
        if (Math.Abs(x - 2) < 0.01) return Log1p(x - 2) + NearOne(x - 2);
        var (product, logs) = (1.0, 0.0);
        for (; x < Far; x++)
        {
            product *= x;
            if (product is > 1e200 or < 1e-200) (logs, product) = (logs + Math.Log(product), 1);
        }
        var sum = (x - 0.5) * Math.Log(x) - x + Math.Log(2 * Math.PI) / 2;
        for (var k = 1; k <= Bernoulli.Length; k++) sum += Bernoulli[k - 1] / (2 * k * (2 * k - 1) * Math.Pow(x, 2 * k - 1));
        return sum - logs - Math.Log(product);
    }

    public static double Digamma(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0) return double.NegativeInfinity;
        var sum = 0.0;
        for (; x < Far; x++) sum -= 1 / x;
        sum += Math.Log(x) - 1 / (2 * x);
        for (var k = 1; k <= Bernoulli.Length; k++) sum -= Bernoulli[k - 1] / (2 * k * Math.Pow(x, 2 * k));
        return sum;
    }

    public static double Trigamma(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        var sum = 0.0;
        for (; x < Far; x++) sum += 1 / (x * x);
        sum += 1 / x + 1 / (2 * x * x);
        for (var k = 1; k <= Bernoulli.Length; k++) sum += Bernoulli[k - 1] / Math.Pow(x, 2 * k + 1);
        return sum;
    }

    /// <summary>2 / sqrt(pi) e^(-x^2) (x + 2 x^3 / 3 + 4 x^5 / 15 + ..): all terms have one sign, so nothing cancels.</summary>
    public static double Erf(double x)
    {
        if (double.IsNaN(x) || x == 0) return x;
        if (Math.Abs(x) > 6) return Math.Sign(x);
        var (term, sum) = (x, x);
        for (var k = 1; k < 200; k++) sum += term *= 2 * x * x / (2 * k + 1);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>log(1 + x) without losing small x: x log(u) / (u - 1) at the rounded u = 1 + x is accurate to a few units (Kahan).</summary>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) || u == 0 ? Math.Log(u) : Math.Log(u) * x / (u - 1);
    }

    /// <summary>exp(x) - 1 without losing small x, by the same device.</summary>
    public static double Expm1(double x)
    {
        var u = Math.Exp(x);
        return u == 1 ? x : Math.Abs(x) > 1 ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    /// <summary>ln gamma(1 + e) = -gamma e + zeta(2) e^2 / 2 - zeta(3) e^3 / 3 + zeta(4) e^4 / 4 - ..</summary>
    private static double NearOne(double e) =>
        e * (-0.57721566490153286 + e * (Math.PI * Math.PI / 12 + e * (-1.2020569031595943 / 3 + e * (Math.Pow(Math.PI, 4) / 360 - e * 1.0369277551433699 / 5))));
}
