using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pilotage.Training;

/// <summary>From the little-endian bytes of the integer types to 32 and 64 bits, exactly.</summary>
internal static class IntegerConversion
{
    /// <summary>Widens each element.</summary>
    public static void Widen<TFrom, TTo>(ReadOnlySpan<byte> source, Span<TTo> destination)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = TTo.CreateTruncating(Unsafe.ReadUnaligned<TFrom>(in source[i * Unsafe.SizeOf<TFrom>()]));
    }

    /// <summary>Widens truth values: 0 or 1.</summary>
    /// <exception cref="InvalidDataException">Another byte; the message continues the tensor's name.</exception>
    public static void WidenTruth<TTo>(ReadOnlySpan<byte> source, Span<TTo> destination)
        where TTo : unmanaged, INumberBase<TTo>
    {
        if (source.IndexOfAnyExcept((byte)0, (byte)1) is >= 0 and var at)
            throw new InvalidDataException($"holds the byte {source[at]} where a BOOL is 0 or 1");
        Widen<byte, TTo>(source, destination);
    }

    /// <summary>Reads unsigned 64-bit integers as signed ones.</summary>
    /// <exception cref="InvalidDataException">One is above 2^63 - 1; the message continues the tensor's name.</exception>
    public static void WidenUnsigned(ReadOnlySpan<byte> source, Span<long> destination)
    {
        source.CopyTo(MemoryMarshal.AsBytes(destination));
        if (destination.IndexOfAnyInRange(long.MinValue, -1) is >= 0 and var at)
            throw new InvalidDataException($"holds {(ulong)destination[at]}, which is above {long.MaxValue}");
    }
}
