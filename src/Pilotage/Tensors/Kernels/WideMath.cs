using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Logarithm and exponential of eight lanes in double, for functions of float32 that lose too much when computed in float32. Good to about 1e-11, not to double's end.</summary>
internal static class WideMath
{
    private const double Ln2 = 0.693147180559945309;

    /// <summary>1.5 times 2^52: adding it rounds to an integer, which then stands in the low bits.</summary>
    private const double Rounder = 6755399441055744.0;

    /// <summary>x^exponent: NaN below 0, at 0 and infinity its limits, 1 where the exponent is 0.</summary>
    public static Vector512<float> Power(Vector512<float> x, Vector512<float> exponent)
    {
        var (lower, upper) = Vector512.Widen(x);
        var (lowerExponent, upperExponent) = Vector512.Widen(exponent);
        var y = Vector512.Narrow(Exp(lowerExponent * Log(lower)), Exp(upperExponent * Log(upper)));
        var (zero, infinity) = (Vector512<float>.Zero, Vector512.Create(float.PositiveInfinity));
        var rises = Vector512.GreaterThan(exponent, zero);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, zero), Vector512.ConditionalSelect(rises, zero, infinity), y);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, infinity), Vector512.ConditionalSelect(rises, infinity, zero), y);
        y = Vector512.ConditionalSelect(Vector512.Equals(exponent, zero), Vector512<float>.One, y);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, zero), y, Vector512.Create(float.NaN));
    }

    /// <summary>Natural logarithm of positive, finite, normal numbers; of others without meaning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        // Take the exponent such that the mantissa lies in [sqrt(1/2), sqrt(2)).
        var exponent = Vector512.ShiftRightArithmetic(x.AsInt64() - Vector512.Create(0x3FE6A09E667F3BCD), 52);
        var mantissa = (x.AsInt64() - Vector512.ShiftLeft(exponent, 52)).AsDouble();
        // ln m = 2 artanh s with s = (m - 1) / (m + 1), as its series 2 (s + s^3 / 3 + s^5 / 5 + ..); |s| is below 0.1716.
        var s = (mantissa - Vector512<double>.One) / (mantissa + Vector512<double>.One);
        var u = s * s;
        var series = Vector512.Create(1.0 / 17);
        for (var k = 15; k >= 1; k -= 2) series = Vector512.FusedMultiplyAdd(series, u, Vector512.Create(1.0 / k));
        return Vector512.FusedMultiplyAdd(Vector512.ConvertToDouble(exponent), Vector512.Create(Ln2), (s + s) * series);
    }

    /// <summary>e^t, limited to what float32 holds and a little more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> t)
    {
        // The native minimum and maximum give their second operand where that is NaN.
        var limited = Vector512.MaxNative(Vector512.Create(-150.0), Vector512.MinNative(Vector512.Create(150.0), t));
        var shifted = Vector512.FusedMultiplyAdd(limited, Vector512.Create(1 / Ln2), Vector512.Create(Rounder));
        var r = Vector512.FusedMultiplyAdd(shifted - Vector512.Create(Rounder), Vector512.Create(-Ln2), limited);
        // The power series; |r| is at most ln 2 / 2, so that what is left out is below 1e-11.
        var series = Vector512<double>.One;
        for (var k = 9; k >= 1; k--) series = Vector512.FusedMultiplyAdd(series * r, Vector512.Create(1.0 / k), Vector512<double>.One);
        return series * (Vector512.ShiftLeft(shifted.AsInt64(), 52) + Vector512<double>.One.AsInt64()).AsDouble();
    }
}
