using System.Buffers;
using System.Buffers.Binary;

namespace Pilotage.Lab.TensorBoard;

/// <summary>TFRecord framing: length (8 bytes), its masked checksum (4), the record, its masked checksum (4); little-endian.</summary>
internal static class RecordFraming
{
    private const int LengthBytes = sizeof(ulong);
    private const int ChecksumBytes = sizeof(uint);
    private const int Overhead = LengthBytes + 2 * ChecksumBytes;

    /// <summary>Appends one record.</summary>
    public static void Write(IBufferWriter<byte> writer, ReadOnlySpan<byte> record)
    {
        var frame = writer.GetSpan(Overhead + record.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(frame, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[LengthBytes..], MaskedCrc.Of(frame[..LengthBytes]));
        record.CopyTo(frame[(LengthBytes + ChecksumBytes)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[(LengthBytes + ChecksumBytes + record.Length)..], MaskedCrc.Of(record));
        writer.Advance(Overhead + record.Length);
    }

    /// <summary>Reads the record at the beginning of some bytes.</summary>
    /// <param name="bytes">From a record's first byte on.</param>
    /// <param name="record">The record, if it is whole and its checksums are right.</param>
    /// <returns>Bytes of the whole frame; 0 if there is no whole and sound record.</returns>
    public static int TryRead(ReadOnlyMemory<byte> bytes, ref ReadOnlyMemory<byte> record)
    {
        var span = bytes.Span;
        if (span.Length < Overhead) return 0;
        var length = BinaryPrimitives.ReadUInt64LittleEndian(span);
        if (BinaryPrimitives.ReadUInt32LittleEndian(span[LengthBytes..]) != MaskedCrc.Of(span[..LengthBytes]) || length > (ulong)(span.Length - Overhead)) return 0;
        record = bytes.Slice(LengthBytes + ChecksumBytes, (int)length);
        return BinaryPrimitives.ReadUInt32LittleEndian(span[(LengthBytes + ChecksumBytes + (int)length)..]) == MaskedCrc.Of(record.Span) ? Overhead + (int)length : 0;
    }
}
