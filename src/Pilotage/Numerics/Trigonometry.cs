using System.Runtime.CompilerServices;

namespace Pilotage.Numerics;

/// <summary>Sine and cosine in double from additions, products and fused multiply-adds only, so that trajectories and drawn numbers have the same bits on every machine.</summary>
/// <remarks>
/// The platform's <see cref="Math.Sin(double)"/> is the C library's and differs between systems in the last bit. Here: reduction by multiples of pi/2 held in
/// three doubles, then Taylor polynomials on [-pi/4, pi/4] whose first omitted term is below a fiftieth of an ulp. Within one ulp of the true value for
/// angles up to a million radians in magnitude; beyond, the digits of pi/2 slowly stop being enough.
/// </remarks>
public static class Trigonometry
{
    private const double QuarterPi = Math.PI / 4;
    private const double HalfPi = Math.PI / 2;
    private const double HalfPiRest = 6.123233995736766e-17;        // pi/2 minus the double nearest to it
    private const double HalfPiLast = -1.4973849048591698e-33;      // what is still missing, for angles next to multiples of pi/2

    /// <summary>Sine and cosine of one angle.</summary>
    /// <param name="angle">In radians.</param>
    /// <returns>Both, in [-1, 1].</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (double Sin, double Cos) SinCos(double angle) =>
        Math.Abs(angle) <= QuarterPi ? (Sine(angle, 0), Cosine(angle, 0)) : Reduced(angle);

    /// <summary>Cosine of one angle.</summary>
    /// <param name="angle">In radians.</param>
    /// <returns>In [-1, 1].</returns>
    public static double Cos(double angle) => SinCos(angle).Cos;

    private static (double Sin, double Cos) Reduced(double angle)
    {
        var quarters = Math.Round(angle * (1 / HalfPi));
        var head = Math.FusedMultiplyAdd(-quarters, HalfPi, angle);             // exact: a multiple of the angle's last bit, below 1
        // Next to a multiple of pi/2 the head cancels too, so both roundings of the second subtraction are kept (Knuth's two-sum, Dekker's product).
        var second = quarters * HalfPiRest;
        var reduced = head - second;
        var taken = reduced - head;
        var rest = head - (reduced - taken) - (second + taken) - Math.FusedMultiplyAdd(quarters, HalfPiRest, -second) - quarters * HalfPiLast;
        var (sine, cosine) = (Sine(reduced, rest), Cosine(reduced, rest));
        return ((int)quarters & 3) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            _ => (-cosine, sine),
        };
    }

    // x - x^3/3! + ... + x^17/17!; the rest of the reduction enters with the derivative, 1 - x^2/2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sine(double x, double rest)
    {
        var square = x * x;
        var tail = Math.FusedMultiplyAdd(square, 1.0 / 355687428096000, -1.0 / 1307674368000);
        tail = Math.FusedMultiplyAdd(square, tail, 1.0 / 6227020800);
        tail = Math.FusedMultiplyAdd(square, tail, -1.0 / 39916800);
        tail = Math.FusedMultiplyAdd(square, tail, 1.0 / 362880);
        tail = Math.FusedMultiplyAdd(square, tail, -1.0 / 5040);
        tail = Math.FusedMultiplyAdd(square, tail, 1.0 / 120);
        tail = Math.FusedMultiplyAdd(square, tail, -1.0 / 6);
        return x + Math.FusedMultiplyAdd(x * square, tail, rest * (1 - 0.5 * square));
    }

    // 1 - x^2/2! + ... + x^16/16!; 1 - x^2/2 is rounded, so what the rounding lost is added back with the small terms.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Cosine(double x, double rest)
    {
        var square = x * x;
        var tail = Math.FusedMultiplyAdd(square, 1.0 / 20922789888000, -1.0 / 87178291200);
        tail = Math.FusedMultiplyAdd(square, tail, 1.0 / 479001600);
        tail = Math.FusedMultiplyAdd(square, tail, -1.0 / 3628800);
        tail = Math.FusedMultiplyAdd(square, tail, 1.0 / 40320);
        tail = Math.FusedMultiplyAdd(square, tail, -1.0 / 720);
        tail = Math.FusedMultiplyAdd(square, tail, 1.0 / 24);
        var half = 0.5 * square;
        var head = 1 - half;
        return head + (1 - head - half + Math.FusedMultiplyAdd(square * square, tail, -x * rest));
    }
}
