using System.Buffers.Binary;

namespace Pilotage.Lab.Films;

/// <summary>Writes pictures as an animated GIF that begins again at its end.</summary>
/// <remarks>Source: CompuServe's GIF89a specification; the loop is Netscape's extension. One palette for all pictures; beyond 256 colours the nearest is taken.</remarks>
internal static class GifWriter
{
    private const int MostColours = 256;
    private const int MostCodes = 4096;
    private const int CodeBits = 8;

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="pictures">Red, green and blue of each pixel, row by row; at least one.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="hundredths">Time of each picture, in hundredths of a second; viewers slow down below 2.</param>
    public static void Write(Stream stream, IReadOnlyList<byte[]> pictures, int width, int height, int hundredths)
    {
        var places = new Dictionary<int, byte>();
        var palette = new byte[3 * MostColours];
        stream.Write("GIF89a"u8);
        Short(stream, width);
        Short(stream, height);
        stream.Write([0xf7, 0, 0]);                                     // a palette of 256 for all pictures
        var indexed = pictures.Select(picture => Indices(picture, places, palette)).ToList();
        stream.Write(palette);
        stream.Write([0x21, 0xff, 11]);
        stream.Write("NETSCAPE2.0"u8);
        stream.Write([3, 1, 0, 0, 0]);                                  // for ever
        foreach (var picture in indexed)
        {
            stream.Write([0x21, 0xf9, 4, 0]);
            Short(stream, hundredths);
            stream.Write([0, 0, 0x2c]);
            Short(stream, 0);
            Short(stream, 0);
            Short(stream, width);
            Short(stream, height);
            stream.Write([0, CodeBits]);
            Compress(stream, picture);
        }
        stream.WriteByte(0x3b);
    }

    private static byte[] Indices(byte[] picture, Dictionary<int, byte> places, byte[] palette)
    {
        var indices = new byte[picture.Length / 3];
        for (var i = 0; i < indices.Length; i++)
        {
            var colour = picture[3 * i] << 16 | picture[3 * i + 1] << 8 | picture[3 * i + 2];
            if (!places.TryGetValue(colour, out var place))
            {
                var next = places.Values.Count == 0 ? 0 : places.Values.Max() + 1;
                place = next < MostColours ? (byte)next : Nearest(picture.AsSpan(3 * i, 3), palette);
                if (next < MostColours) picture.AsSpan(3 * i, 3).CopyTo(palette.AsSpan(3 * next));
                places.Add(colour, place);
            }
            indices[i] = place;
        }
        return indices;
    }

    private static byte Nearest(ReadOnlySpan<byte> colour, byte[] palette)
    {
        var (best, least) = (0, int.MaxValue);
        for (var i = 0; i < MostColours; i++)
        {
            var distance = 0;
            for (var channel = 0; channel < 3; channel++) distance += (colour[channel] - palette[3 * i + channel]) * (colour[channel] - palette[3 * i + channel]);
            if (distance < least) (best, least) = (i, distance);
        }
        return (byte)best;
    }

    // Lempel-Ziv-Welch with codes that grow from nine to twelve bits, cut into blocks of at most 255 bytes.
    private static void Compress(Stream stream, byte[] indices)
    {
        const int Clear = 1 << CodeBits, End = Clear + 1;
        var packed = new List<byte>();
        var (bits, bitCount, size, next) = (0, 0, CodeBits + 1, End + 1);
        var codes = new Dictionary<int, int>();
        Put(Clear);
        int prefix = indices[0];
        foreach (var index in indices.AsSpan(1))
        {
            var key = prefix << CodeBits | index;
            if (codes.TryGetValue(key, out var code))
            {
                prefix = code;
                continue;
            }
            Put(prefix);
            if (next < MostCodes)
            {
                codes.Add(key, next);
                if (next++ == 1 << size) size++;                         // the reader is one code behind
            }
            else
            {
                Put(Clear);
                codes.Clear();
                (size, next) = (CodeBits + 1, End + 1);
            }
            prefix = index;
        }
        Put(prefix);
        Put(End);
        if (bitCount > 0) packed.Add((byte)bits);
        for (var start = 0; start < packed.Count; start += 255)
        {
            var length = Math.Min(255, packed.Count - start);
            stream.WriteByte((byte)length);
            stream.Write([.. packed.GetRange(start, length)]);
        }
        stream.WriteByte(0);

        void Put(int code)
        {
            bits |= code << bitCount;
            for (bitCount += size; bitCount >= 8; bitCount -= 8, bits >>= 8) packed.Add((byte)bits);
        }
    }

    private static void Short(Stream stream, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        stream.Write(bytes);
    }
}
