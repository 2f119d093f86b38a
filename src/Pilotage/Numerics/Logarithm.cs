namespace Pilotage.Numerics;

/// <summary>The natural logarithm in double from additions, products and quotients only, so that drawn numbers have the same bits on every machine.</summary>
/// <remarks>
/// The platform's <see cref="Math.Log(double)"/> is the C library's and differs between systems in the last bit. Here x = m 2^e with m in [sqrt(1/2), sqrt(2)),
/// and log m = 2 artanh(s) with s = (m - 1) / (m + 1), |s| below 0.1716; the first omitted term, s^25/25, is below 10^-20. Within two ulps.
/// </remarks>
public static class Logarithm
{
    private const double HighOfLog2 = 0.693147180369123816490;             // 21 bits short, so that e times it is exact
    private const double LowOfLog2 = 1.90821492927058770002e-10;           // the rest of log 2

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>NaN below 0 and for NaN, negative infinity at 0, positive infinity at positive infinity.</returns>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x)) return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        var shift = 0;
        if (x < 2.2250738585072014e-308) (x, shift) = (x * 18014398509481984, -54);     // a subnormal: 2^54 brings it into the normal range
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023 + shift;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa > 1.4142135623730951) (mantissa, exponent) = (mantissa / 2, exponent + 1);
        var f = mantissa - 1;                                                           // exact
        var s = f / (2 + f);
        var z = s * s;
        var series = 0.0;
        foreach (var inverse in InverseOdds) series = z * (inverse + series);
        // log m = 2s + 2s·series, with 2s = f - s f: the large part f is exact.
        return exponent * HighOfLog2 + (f - (s * (f - 2 * series) - exponent * LowOfLog2));
    }

    private static ReadOnlySpan<double> InverseOdds => [1.0 / 23, 1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3];
}
