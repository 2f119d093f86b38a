using System.Buffers.Binary;
using System.IO.Compression;

namespace Pilotage.Lab.Films;

/// <summary>Writes one picture as a PNG of eight bits a channel.</summary>
/// <remarks>Source: the W3C's PNG specification: signature, header, one compressed block of unfiltered rows, end; each chunk with its CRC-32.</remarks>
internal static class PngWriter
{
    /// <summary>Writes the file.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="picture">Red, green and blue of each pixel, row by row.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    public static void Write(Stream stream, ReadOnlySpan<byte> picture, int width, int height)
    {
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n']);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);                                // bits, true colour
        Chunk(stream, "IHDR"u8, header);
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
            {
                zlib.WriteByte(0);                                      // no filter
                zlib.Write(picture.Slice(3 * width * row, 3 * width));
            }
        }
        Chunk(stream, "IDAT"u8, compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        Chunk(stream, "IEND"u8, []);
    }

    private static void Chunk(Stream stream, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        stream.Write(number);
        stream.Write(name);
        stream.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Add(Add(~0u, name), content));
        stream.Write(number);
    }

    /// <summary>CRC-32 of ISO 3309, bit by bit: a strip is written once.</summary>
    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xedb88320;
        }
        return crc;
    }
}
