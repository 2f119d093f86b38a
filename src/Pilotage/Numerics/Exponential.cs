namespace Pilotage.Numerics;

/// <summary>The exponential and powers in double from additions, products and fused multiply-adds only, so that results have the same bits on every machine.</summary>
/// <remarks>
/// The platform's <see cref="Math.Exp(double)"/> and <see cref="Math.Pow(double, double)"/> are the C library's and differ between systems in the last bit.
/// Here x = k log 2 + r with |r| at most log(2) / 2, and exp r by its Taylor polynomial of degree 13, whose first omitted term is below a twentieth of an ulp.
/// </remarks>
public static class Exponential
{
    private const double HighOfLog2 = 0.693147180369123816490;             // 21 bits short, so that k times it is exact
    private const double LowOfLog2 = 1.90821492927058770002e-10;           // the rest of log 2

    /// <summary>e to the power x, within two ulps.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>0 below about -708 (results that would be subnormal are 0), positive infinity above about 709.78, NaN for NaN.</returns>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > 709.782712893384) return double.PositiveInfinity;
        if (x < -708.3964185322641) return 0;
        var k = Math.Round(x * 1.4426950408889634);                          // 1 / log 2
        var r = Math.FusedMultiplyAdd(-k, HighOfLog2, x);
        r = Math.FusedMultiplyAdd(-k, LowOfLog2, r);
        var sum = 1.0 / 6227020800;
        for (var degree = 12; degree >= 0; degree--) sum = Math.FusedMultiplyAdd(sum, r, InverseFactorials[degree]);
        var half = (int)k / 2;                                              // two factors, since 2^1024 itself is out of range
        return sum * BitConverter.Int64BitsToDouble((long)(half + 1023) << 52) * BitConverter.Int64BitsToDouble((long)((int)k - half + 1023) << 52);
    }

    /// <summary>A positive number to any power, as exp(power log base): a few ulps, more for large results.</summary>
    /// <param name="value">Above 0.</param>
    /// <param name="power">Any number.</param>
    /// <returns>value^power.</returns>
    public static double Power(double value, double power) => Exp(power * Logarithm.Log(value));

    private static ReadOnlySpan<double> InverseFactorials =>
        [1, 1, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600];
}
