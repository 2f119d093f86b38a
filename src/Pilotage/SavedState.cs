using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pilotage;

/// <summary>Little-endian primitives for <see cref="ISaved"/>: what one side writes, the other reads or refuses.</summary>
public static class SavedState
{
    /// <summary>Writes one 64-bit integer.</summary>
    /// <param name="writer">Receives eight bytes.</param>
    /// <param name="value">Any value.</param>
    public static void Write(this IBufferWriter<byte> writer, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(writer.GetSpan(sizeof(long)), value);
        writer.Advance(sizeof(long));
    }

    /// <summary>Writes a length and then the bits of each value.</summary>
    /// <typeparam name="T">A type without references; its memory layout is the format.</typeparam>
    /// <param name="writer">Receives the bytes.</param>
    /// <param name="values">May be empty.</param>
    public static void Write<T>(this IBufferWriter<byte> writer, ReadOnlySpan<T> values) where T : unmanaged
    {
        writer.Write((long)values.Length);
        BuffersExtensions.Write(writer, MemoryMarshal.AsBytes(values));   // named in full: the extension here would take bytes too and call itself
    }

    /// <summary>Reads one 64-bit integer.</summary>
    /// <param name="reader">Advanced by eight bytes.</param>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidDataException">Fewer than eight bytes are left.</exception>
    public static long ReadLong(this ref SequenceReader<byte> reader) =>
        reader.TryReadLittleEndian(out long value) ? value : throw new InvalidDataException("The saved state ends early.");

    /// <summary>Reads values written by <see cref="Write{T}(IBufferWriter{byte}, ReadOnlySpan{T})"/> into a span of the same length.</summary>
    /// <typeparam name="T">The type that was written.</typeparam>
    /// <param name="reader">Advanced past the values.</param>
    /// <param name="destination">Receives the values; its length must equal the saved one.</param>
    /// <exception cref="InvalidDataException">The saved length differs or the bytes end early.</exception>
    public static void ReadInto<T>(this ref SequenceReader<byte> reader, Span<T> destination) where T : unmanaged
    {
        var length = reader.ReadLong();
        if (length != destination.Length) throw new InvalidDataException($"The saved state has {length} values where {destination.Length} are expected.");
        var bytes = MemoryMarshal.AsBytes(destination);
        if (!reader.TryCopyTo(bytes)) throw new InvalidDataException("The saved state ends early.");
        reader.Advance(bytes.Length);
    }

    /// <summary>Reads values written by <see cref="Write{T}(IBufferWriter{byte}, ReadOnlySpan{T})"/> into a new array.</summary>
    /// <typeparam name="T">The type that was written.</typeparam>
    /// <param name="reader">Advanced past the values.</param>
    /// <returns>The values.</returns>
    /// <exception cref="InvalidDataException">The length is impossible or the bytes end early.</exception>
    public static T[] ReadArray<T>(this ref SequenceReader<byte> reader) where T : unmanaged
    {
        var length = reader.ReadLong();
        if (length < 0 || length > reader.Remaining / Unsafe.SizeOf<T>()) throw new InvalidDataException($"The saved state gives an impossible length, {length}.");
        var values = new T[length];
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        if (!reader.TryCopyTo(bytes)) throw new InvalidDataException("The saved state ends early.");
        reader.Advance(bytes.Length);
        return values;
    }
}
