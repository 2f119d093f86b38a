using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>The logarithm of the gamma function and its first two derivatives, for positive numbers; NaN below 0. Computed in double.</summary>
/// <remarks>
/// Asymptotic series (NIST Handbook of Mathematical Functions, 5.11) from 8 up, reached from below by the recurrence; around the zeros, where both cancel,
/// the zeros' factors times a polynomial of this project's own fit.
/// </remarks>
internal static class GammaFunctions
{
    /// <summary>Arguments below are moved up by as much: there the first term left out of each series is below 1e-10.</summary>
    private const int Shift = 8;

    /// <summary>Where digamma is zero, in two doubles.</summary>
    private const double DigammaZero = 1.4616321449683622;
    private const double DigammaZeroRest = 9.549995429965697e-17;

    /// <summary>ln gamma(x) / ((x - 1) (x - 2)) in x - 1.5 on [0.75, 2.25], highest power first; error 7e-11.</summary>
    private static ReadOnlySpan<double> LogGammaNearZeros =>
    [
        -0.00017831269269577812, 0.00028223396495074681, -4.6937674550942232e-05, 7.9114988779641581e-05, -0.00050114515507331317, 0.00081098863149705572, -0.001146939450630969, 0.0018953973686334324,
        -0.0032146511085077993, 0.005450515498437402, -0.0094254380092085692, 0.016796808245643235, -0.031308492486671856, 0.06291140892379439, -0.14595989589235728, 0.48312895050642579,
    ];

    /// <summary>digamma(x) / (x - zero) in x - zero on [zero - 0.4, zero + 0.45], highest power first; error 2e-10.</summary>
    private static ReadOnlySpan<double> DigammaNearZero =>
    [
        -0.0075697804650343235, 0.01334330921886645, -0.015736081467908468, 0.022053527464674677, -0.033085099153629227, 0.048852177375768344,
        -0.072205774053474198, 0.10782214536172115, -0.16394251489118103, 0.2584997888506988, -0.44276317054928116, 0.96767224538084062,
    ];

    /// <summary>ln gamma(x); infinity at 0.</summary>
    public static Vector512<float> LogGamma(Vector512<float> x)
    {
        var (lower, upper) = Vector512.Widen(x);
        var y = Vector512.Narrow(LogGamma(lower), LogGamma(upper));
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.PositiveInfinity), y);
        return OfPositive(x, y);
    }

    /// <summary>The derivative of ln gamma(x); minus infinity at 0.</summary>
    public static Vector512<float> Digamma(Vector512<float> x)
    {
        var (lower, upper) = Vector512.Widen(x);
        var y = Vector512.Narrow(Digamma(lower), Digamma(upper));
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(float.PositiveInfinity)), x, y);
        return OfPositive(x, y);
    }

    /// <summary>The derivative of digamma(x); infinity at 0.</summary>
    public static Vector512<float> Trigamma(Vector512<float> x)
    {
        var (lower, upper) = Vector512.Widen(x);
        return OfPositive(x, Vector512.Narrow(Trigamma(lower), Trigamma(upper)));
    }

    private static Vector512<float> OfPositive(Vector512<float> x, Vector512<float> y) =>
        Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), y, Vector512.Create(float.NaN));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<double> LogGamma(Vector512<double> x)
    {
        var (z, below) = Moved(x);
        var product = x;
        for (var k = 1; k < Shift; k++) product *= x + Vector512.Create((double)k);
        product = Vector512.ConditionalSelect(below, product, Vector512<double>.One);
        var inverse = Vector512<double>.One / z;
        var v = inverse * inverse;
        // (z - 1/2) ln z - z + ln(2 pi) / 2 + 1/(12 z) - 1/(360 z^3) + 1/(1260 z^5) - 1/(1680 z^7)
        var series = Vector512.FusedMultiplyAdd(v, Vector512.Create(-1.0 / 1680), Vector512.Create(1.0 / 1260));
        series = Vector512.FusedMultiplyAdd(series, v, Vector512.Create(-1.0 / 360));
        series = Vector512.FusedMultiplyAdd(series, v, Vector512.Create(1.0 / 12));
        var half = Vector512.Create(0.5);
        var far = (z - half) * (WideMath.Log(z) - Vector512<double>.One) + (Vector512.Create(0.91893853320467274 - 0.5) + inverse * series) - WideMath.Log(product);

        var t = x - Vector512.Create(1.5);
        var near = (x - Vector512<double>.One) * (x - Vector512.Create(2.0)) * Polynomial(LogGammaNearZeros, t);
        return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Vector512.Abs(t), Vector512.Create(0.75)), near, far);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<double> Digamma(Vector512<double> x)
    {
        var (z, below) = Moved(x);
        var sum = Vector512<double>.Zero;
        for (var k = Shift - 1; k >= 0; k--) sum += Vector512<double>.One / (x + Vector512.Create((double)k));
        var inverse = Vector512<double>.One / z;
        var v = inverse * inverse;
        // ln z - 1/(2 z) - 1/(12 z^2) + 1/(120 z^4) - 1/(252 z^6) + 1/(240 z^8)
        var series = Vector512.FusedMultiplyAdd(v, Vector512.Create(1.0 / 240), Vector512.Create(-1.0 / 252));
        series = Vector512.FusedMultiplyAdd(series, v, Vector512.Create(1.0 / 120));
        series = Vector512.FusedMultiplyAdd(series, v, Vector512.Create(-1.0 / 12));
        var far = WideMath.Log(z) + (v * series - Vector512.Create(0.5) * inverse) - (sum & below);

        var t = x - Vector512.Create(DigammaZero) - Vector512.Create(DigammaZeroRest);
        var close = Vector512.GreaterThanOrEqual(t, Vector512.Create(-0.4)) & Vector512.LessThanOrEqual(t, Vector512.Create(0.45));
        return Vector512.ConditionalSelect(close, t * Polynomial(DigammaNearZero, t), far);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<double> Trigamma(Vector512<double> x)
    {
        var (z, below) = Moved(x);
        var sum = Vector512<double>.Zero;
        for (var k = Shift - 1; k >= 0; k--)
        {
            var place = x + Vector512.Create((double)k);
            sum += Vector512<double>.One / (place * place);
        }
        var inverse = Vector512<double>.One / z;
        var v = inverse * inverse;
        // 1/z + 1/(2 z^2) + 1/(6 z^3) - 1/(30 z^5) + 1/(42 z^7) - 1/(30 z^9)
        var series = Vector512.FusedMultiplyAdd(v, Vector512.Create(-1.0 / 30), Vector512.Create(1.0 / 42));
        series = Vector512.FusedMultiplyAdd(series, v, Vector512.Create(-1.0 / 30));
        series = Vector512.FusedMultiplyAdd(series, v, Vector512.Create(1.0 / 6));
        return inverse + Vector512.Create(0.5) * v + inverse * v * series + (sum & below);
    }

    /// <summary>The arguments of the asymptotic series, and which of them were moved up.</summary>
    private static (Vector512<double> Moved, Vector512<double> Below) Moved(Vector512<double> x)
    {
        var shift = Vector512.Create((double)Shift);
        var below = Vector512.LessThan(x, shift);
        return (x + (shift & below), below);
    }

    private static Vector512<double> Polynomial(ReadOnlySpan<double> coefficients, Vector512<double> t)
    {
        var value = Vector512<double>.Zero;
        foreach (var coefficient in coefficients) value = Vector512.FusedMultiplyAdd(value, t, Vector512.Create(coefficient));
        return value;
    }
}
