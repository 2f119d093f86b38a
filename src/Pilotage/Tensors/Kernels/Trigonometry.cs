using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Sine and cosine of sixteen lanes over the whole float32 range: the angle is reduced in double, huge angles in integers.</summary>
internal static class Trigonometry
{
    /// <summary>Above this magnitude a multiple of pi/2 has too many bits for the reduction in double.</summary>
    private const float Huge = 1 << 26;

    /// <summary>pi/2 in two doubles.</summary>
    private const double HalfPiHigh = 1.5707963267948966;
    private const double HalfPiLow = 6.123233995736766e-17;

    /// <summary>The first bits of 2/pi, most significant word first.</summary>
    private static ReadOnlySpan<ulong> TwoOverPi => [0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561];

    public static Vector512<float> Sin(Vector512<float> x) => Evaluate(x, Vector512<int>.Zero);

    public static Vector512<float> Cos(Vector512<float> x) => Evaluate(x, Vector512<int>.One);

    private static Vector512<float> Evaluate(Vector512<float> x, Vector512<int> quarterTurns)
    {
        var (lower, upper) = Vector512.Widen(x);
        var (r0, n0) = Reduce(lower);
        var (r1, n1) = Reduce(upper);
        var r = Vector512.Narrow(r0, r1);
        var n = Vector512.Narrow(n0, n1);
        if (Vector512.GreaterThanAny(Vector512.Abs(x), Vector512.Create(Huge)))
            for (var i = 0; i < Lanes.Count; i++)
            {
                var value = x[i];
                if (!(Math.Abs(value) > Huge)) continue;
                var (remainder, quarter) = ReduceHuge(value);
                r = r.WithElement(i, remainder);
                n = n.WithElement(i, quarter);
            }
        n += quarterTurns;
        var u = r * r;
        // (sin r - r) / r^3, relative error of the sine 2^-28; (cos r - 1 + r^2 / 2) / r^4, relative error of the cosine 2^-33.
        var s = Vector512.FusedMultiplyAdd(Vector512.Create(-0.00019514636f), u, Vector512.Create(0.0083321556f));
        s = Vector512.FusedMultiplyAdd(s, u, Vector512.Create(-0.16666655f));
        s = Vector512.FusedMultiplyAdd(s * u, r, r);
        var c = Vector512.FusedMultiplyAdd(Vector512.Create(2.4432416e-05f), u, Vector512.Create(-0.0013887309f));
        c = Vector512.FusedMultiplyAdd(c, u, Vector512.Create(0.041666646f));
        c = Vector512.FusedMultiplyAdd(c, u, Vector512.Create(-0.5f));
        c = Vector512.FusedMultiplyAdd(c, u, Vector512<float>.One);
        var odd = Vector512.Equals(n & Vector512<int>.One, Vector512<int>.One).AsSingle();
        var sign = Vector512.ShiftLeft(n & Vector512.Create(2), 30);
        return (Vector512.ConditionalSelect(odd, c, s).AsInt32() ^ sign).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Remainder, Vector512<long> Quarter) Reduce(Vector512<double> x)
    {
        // 1.5 times 2^52: adding it rounds to an integer, which then stands in the low bits.
        var rounder = Vector512.Create(6755399441055744.0);
        var shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(2 / Math.PI), rounder);
        var n = shifted - rounder;
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-HalfPiHigh), x);
        return (Vector512.FusedMultiplyAdd(n, Vector512.Create(-HalfPiLow), r), shifted.AsInt64());
    }

    /// <summary>x times 2/pi modulo 4 in integers: of 2/pi only the bits that can reach below 4 and matter to float32 are used.</summary>
    /// <remarks>Payne and Hanek, "Radian reduction for trigonometric functions", SIGNUM Newsletter 18, 1983.</remarks>
    private static (float Remainder, int Quarter) ReduceHuge(float x)
    {
        if (!float.IsFinite(x)) return (float.NaN, 0);
        var bits = BitConverter.SingleToUInt32Bits(x);
        var mantissa = bits & 0x7FFFFF | 0x800000;
        var exponent = (int)(bits >> 23 & 0xFF) - 150;
        // |x| = mantissa 2^exponent. Bits of 2/pi before this one give multiples of 4.
        var first = exponent - 2;
        var window = Window(Math.Max(first, 0));
        if (first < 0) window >>= -first;
        var product = unchecked(window * mantissa);
        var quarter = (int)(product >> 126);
        var fraction = (double)(ulong)(product << 2 >> 64) * (1.0 / 18446744073709551616.0);
        if (fraction >= 0.5)
        {
            fraction -= 1;
            quarter++;
        }
        var remainder = (float)(fraction * (Math.PI / 2));
        return x < 0 ? (-remainder, -quarter) : (remainder, quarter);
    }

    /// <summary>128 bits of 2/pi from a bit on.</summary>
    private static UInt128 Window(int first)
    {
        var (word, shift) = (first >> 6, first & 63);
        var high = TwoOverPi[word];
        var middle = TwoOverPi[word + 1];
        var low = word + 2 < TwoOverPi.Length ? TwoOverPi[word + 2] : 0;
        return shift == 0 ? new(high, middle) : new(high << shift | middle >> (64 - shift), middle << shift | low >> (64 - shift));
    }
}
