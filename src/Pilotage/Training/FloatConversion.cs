using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Training;

/// <summary>Between singles and the little-endian bytes of the other float types.</summary>
/// <remarks>Widening is exact and keeps the payload of a NaN. Bytes need no alignment: a file of another program may begin its data anywhere. Optimised
/// from the first call, because a model is loaded once.</remarks>
internal static class FloatConversion
{
    private const int FractionShift = 13;                                // a single has 23 bits of fraction, a half 10
    private const uint HalfMagnitude = 0x7FFF;
    private const uint HalfExponent = 0x7C00;
    private const uint BiasDifference = (127 - 15) << 23;
    private const uint SmallestNormalHalf = (127 - 14) << 23;            // 2^-14 as a single
    private const uint QuietBit = 0x0040;                                // of a BF16's NaN

    /// <summary>BF16 to single: the missing half of the fraction is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WidenBFloat16(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ref var to = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        for (; i <= destination.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var (lower, upper) = Vector256.Widen(Load<Vector256<ushort>>(source, i * sizeof(ushort)));
            (lower << 16).AsSingle().StoreUnsafe(ref to, (nuint)i);
            (upper << 16).AsSingle().StoreUnsafe(ref to, (nuint)(i + Vector256<float>.Count));
        }

        for (; i < destination.Length; i++) destination[i] = BitConverter.UInt32BitsToSingle((uint)Load<ushort>(source, i * sizeof(ushort)) << 16);
    }

    /// <summary>F16 to single.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WidenHalf(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ref var to = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        for (; i <= destination.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var (lower, upper) = Vector256.Widen(Load<Vector256<ushort>>(source, i * sizeof(ushort)));
            WidenHalf(lower).StoreUnsafe(ref to, (nuint)i);
            WidenHalf(upper).StoreUnsafe(ref to, (nuint)(i + Vector256<float>.Count));
        }

        for (; i < destination.Length; i++) destination[i] = WidenHalf(Vector256.CreateScalar((uint)Load<ushort>(source, i * sizeof(ushort)))).ToScalar();
    }

    /// <summary>F64 to single, to the nearest, ties to even; what is too large becomes infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void NarrowDouble(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ref var to = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        for (; i <= destination.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var lower = Load<Vector256<double>>(source, i * sizeof(double));
            var upper = Load<Vector256<double>>(source, (i + Vector256<double>.Count) * sizeof(double));
            Vector256.Narrow(lower, upper).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < destination.Length; i++) destination[i] = (float)Load<double>(source, i * sizeof(double));
    }

    /// <summary>Single to BF16, to the nearest, ties to even.</summary>
    public static void NarrowToBFloat16(ReadOnlySpan<float> source, Span<ushort> destination)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(source[i]);
            // Half of the last kept bit, less one unit if that bit is even, carries exactly where rounding goes up; up to infinity too. A NaN must not be
            // carried away, and stays one if its payload stands only in the lost half.
            var rounded = bits + 0x7FFF + ((bits >> 16) & 1);
            destination[i] = (ushort)(float.IsNaN(source[i]) ? (bits >> 16) | QuietBit : rounded >> 16);
        }
    }

    /// <summary>Single to F16, to the nearest, ties to even.</summary>
    public static void NarrowToHalf(ReadOnlySpan<float> source, Span<ushort> destination)
    {
        for (var i = 0; i < source.Length; i++) destination[i] = BitConverter.HalfToUInt16Bits((Half)source[i]);
    }

    private static Vector256<float> WidenHalf(Vector256<uint> half)
    {
        var exponent = half & Vector256.Create(HalfExponent);
        var magnitude = (half & Vector256.Create(HalfMagnitude)) << FractionShift;
        var normal = magnitude + Vector256.Create(BiasDifference);
        var infinityOrNaN = normal + Vector256.Create(BiasDifference);   // 31 becomes 255
        // With the smallest normal's exponent, the fraction f of a subnormal reads as 2^-14 + f 2^-24; the difference is exact.
        var smallest = Vector256.Create(SmallestNormalHalf);
        var subnormal = ((magnitude | smallest).AsSingle() - smallest.AsSingle()).AsUInt32();

        var wide = Vector256.ConditionalSelect(Vector256.Equals(exponent, Vector256<uint>.Zero), subnormal, normal);
        wide = Vector256.ConditionalSelect(Vector256.Equals(exponent, Vector256.Create(HalfExponent)), infinityOrNaN, wide);
        return (wide | ((half & Vector256.Create(~HalfMagnitude)) << 16)).AsSingle();
    }

    private static T Load<T>(ReadOnlySpan<byte> source, int at)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(in source[at..][0]);
}
