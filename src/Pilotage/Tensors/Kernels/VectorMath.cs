using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Transcendental functions of sixteen lanes. Each lane depends on its own input alone, so the bits are the same on every machine with FMA.</summary>
/// <remarks>
/// The coefficients are minimax fits of this project's own (reweighted least squares in sixty digits, relative error beside each), rounded to float32.
/// Errors are measured in the tests: at most 3 units in the last place.
/// </remarks>
internal static class VectorMath
{
    private const float Log2OfE = 1.44269504f;

    /// <summary>ln 2 in two parts; the first has few bits, so that its product with an exponent is exact.</summary>
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>1.5 times 2^23: adding it rounds to an integer, which then stands in the low bits.</summary>
    private const float Rounder = 12582912f;

    /// <summary>e^x. Overflows to infinity above 88.72, goes through the denormals to 0 below -103.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        // The native minimum and maximum give their second operand where that is NaN.
        var limited = Vector512.MaxNative(Vector512.Create(-104f), Vector512.MinNative(Vector512.Create(89f), x));
        var shifted = Vector512.FusedMultiplyAdd(limited, Vector512.Create(Log2OfE), Vector512.Create(Rounder));
        var n = shifted - Vector512.Create(Rounder);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), limited);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        var p = Vector512.FusedMultiplyAdd(r * r, SecondOrder(r), r) + Vector512<float>.One;
        // 2^n as two factors, each a normal number, so that results may be denormal or reach infinity.
        var exponent = shifted.AsInt32() - Vector512.Create(Rounder).AsInt32();
        var half = Vector512.ShiftRightArithmetic(exponent, 1);
        return p * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    /// <summary>Natural logarithm. -infinity at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        // Denormals are scaled by 2^23 into the normal numbers.
        var small = Vector512.LessThan(x, Vector512.Create(1.17549435e-38f));
        var scaled = Vector512.ConditionalSelect(small, x * Vector512.Create(8388608f), x);
        // Take the exponent such that the mantissa lies in [sqrt(1/2), sqrt(2)).
        var bits = scaled.AsInt32() - Vector512.Create(0x3F3504F3);
        var exponent = Vector512.ShiftRightArithmetic(bits, 23);
        var f = (scaled.AsInt32() - Vector512.ShiftLeft(exponent, 23)).AsSingle() - Vector512<float>.One;
        var n = Vector512.ConvertToSingle(exponent) - Vector512.ConditionalSelect(small, Vector512.Create(23f), Vector512<float>.Zero);
        // (ln(1 + f) - f + f^2 / 2) / f^3; relative error of ln(1 + f) 2^-30.3.
        var q = Vector512.FusedMultiplyAdd(Vector512.Create(0.067464903f), f, Vector512.Create(-0.11675616f));
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(0.11888212f));
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(-0.12405598f));
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(0.14219546f));
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(-0.16667995f));
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(0.20002119f));
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(-0.25000009f));
        q = Vector512.FusedMultiplyAdd(q, f, Vector512.Create(0.33333313f));
        var square = f * f;
        var tail = Vector512.FusedMultiplyAdd(square * f, q, n * Vector512.Create(Ln2Low));
        tail = Vector512.FusedMultiplyAdd(square, Vector512.Create(-0.5f), tail);
        var y = Vector512.FusedMultiplyAdd(n, Vector512.Create(Ln2High), f + tail);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(float.PositiveInfinity)), x, y);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), y);
        var valid = Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero);
        return Vector512.ConditionalSelect(valid, y, Vector512.Create(float.NaN));
    }

    /// <summary>Hyperbolic tangent, within [-1, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        // E / (E + 2) with E = e^2|x| - 1: accurate at both ends. Beyond 9.02 the result is 1. The native minimum gives its second operand where that is NaN.
        var t = Vector512.MinNative(Vector512.Create(10f), Vector512.Abs(x));
        t += t;
        var shifted = Vector512.FusedMultiplyAdd(t, Vector512.Create(Log2OfE), Vector512.Create(Rounder));
        // ln 2 in one part: float32 happens to hold it to 3e-9, and larger exponents no longer reach the result.
        var r = Vector512.FusedMultiplyAdd(shifted - Vector512.Create(Rounder), Vector512.Create(-0.693147182f), t);
        var power = (Vector512.ShiftLeft(shifted.AsInt32(), 23) + Vector512<float>.One.AsInt32()).AsSingle();
        var e = Vector512.FusedMultiplyAdd(power, Vector512.FusedMultiplyAdd(r * r, SecondOrder(r), r), power - Vector512<float>.One);
        var y = e / (e + Vector512.Create(2f));
        return y | (x & Vector512.Create(-0f));
    }

    /// <summary>1 / (1 + e^-x), through the denormals where x is far below 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        var e = Exp(-Vector512.Abs(x));
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), e, Vector512<float>.One) / (Vector512<float>.One + e);
    }

    /// <summary>ln(1 + e^x), accurate where the result is tiny.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x)
    {
        var t = Exp(-Vector512.Abs(x));
        var u = Vector512<float>.One + t;
        // ln(1 + t) = ln u + (what rounding took from u) / u.
        var lower = Log(u) + (t - (u - Vector512<float>.One)) / u;
        return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<float>.Zero), Vector512<float>.Zero, x) + lower;
    }

    /// <summary>e^x - 1, accurate where the result is tiny.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Expm1(Vector512<float> x) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(18f)), Exp(x), Expm1UpTo18(x));

    /// <summary>e^x - 1 where x is at most 18; above it the result is arbitrary.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Expm1UpTo18(Vector512<float> x)
    {
        // Below -18 the result is -1, above 18 the 1 no longer matters. The native minimum and maximum give their second operand where that is NaN.
        var limited = Vector512.MaxNative(Vector512.Create(-20f), Vector512.MinNative(Vector512.Create(20f), x));
        var shifted = Vector512.FusedMultiplyAdd(limited, Vector512.Create(Log2OfE), Vector512.Create(Rounder));
        var n = shifted - Vector512.Create(Rounder);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), limited);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        var power = (Vector512.ShiftLeft(shifted.AsInt32(), 23) + Vector512<float>.One.AsInt32()).AsSingle();
        return Vector512.FusedMultiplyAdd(power, Vector512.FusedMultiplyAdd(r * r, SecondOrder(r), r), power - Vector512<float>.One);
    }

    /// <summary>ln(1 + x), accurate where the result is tiny. -infinity at -1, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1p(Vector512<float> x)
    {
        var u = Vector512<float>.One + x;
        // ln(1 + x) = ln u + (what rounding took from u) / u; nothing was taken from 0 and infinity.
        var correction = (x - (u - Vector512<float>.One)) / u;
        var end = Vector512.Equals(u, Vector512<float>.Zero) | Vector512.Equals(u, Vector512.Create(float.PositiveInfinity));
        return Log(u) + Vector512.AndNot(correction, end);
    }

    /// <summary>2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        var t = Vector512.Abs(x);
        // Up to 1: erf(x) / x in x^2, relative error 2^-34.
        var u = x * x;
        var p = Vector512.FusedMultiplyAdd(Vector512.Create(-9.66704457e-06f), u, Vector512.Create(0.00011265959f));
        p = Vector512.FusedMultiplyAdd(p, u, Vector512.Create(-0.000848408041f));
        p = Vector512.FusedMultiplyAdd(p, u, Vector512.Create(0.00522103181f));
        p = Vector512.FusedMultiplyAdd(p, u, Vector512.Create(-0.0268654307f));
        p = Vector512.FusedMultiplyAdd(p, u, Vector512.Create(0.112837825f));
        p = Vector512.FusedMultiplyAdd(p, u, Vector512.Create(-0.376126385f));
        p = Vector512.FusedMultiplyAdd(p, u, Vector512.Create(1.12837917f));
        // From 1 to 4, beyond which the result is 1: ln(1 - erf(t)), error 2^-25, of which at most a sixth reaches the result.
        var limited = Vector512.MinNative(Vector512.Create(4f), t);
        var q = Vector512.FusedMultiplyAdd(Vector512.Create(1.63715141e-06f), limited, Vector512.Create(-4.60580427e-05f));
        q = Vector512.FusedMultiplyAdd(q, limited, Vector512.Create(0.000596805626f));
        q = Vector512.FusedMultiplyAdd(q, limited, Vector512.Create(-0.00475959629f));
        q = Vector512.FusedMultiplyAdd(q, limited, Vector512.Create(0.026421136f));
        q = Vector512.FusedMultiplyAdd(q, limited, Vector512.Create(-0.110080083f));
        q = Vector512.FusedMultiplyAdd(q, limited, Vector512.Create(-0.631826052f));
        q = Vector512.FusedMultiplyAdd(q, limited, Vector512.Create(-1.13023343f));
        q = Vector512.FusedMultiplyAdd(q, limited, Vector512.Create(0.00032013805f));
        var large = (Vector512<float>.One - Exp(q)) | (x & Vector512.Create(-0f));
        return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(t, Vector512<float>.One), x * p, large);
    }

    /// <summary>(e^r - 1 - r) / r^2 on |r| up to ln 2 / 2; relative error of e^r 2^-28.3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SecondOrder(Vector512<float> r)
    {
        var q = Vector512.FusedMultiplyAdd(Vector512.Create(0.0013814402f), r, Vector512.Create(0.0083687864f));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(0.041668396f));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(0.16666520f));
        return Vector512.FusedMultiplyAdd(q, r, Vector512.Create(0.49999994f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<int> exponent) => Vector512.ShiftLeft(exponent + Vector512.Create(127), 23).AsSingle();
}
