namespace Pilotage.Lab.Tests.Films;

/// <summary>A small reader of GIFs of the kind that we write: one palette, whole pictures.</summary>
internal static class GifReader
{
    public static (int Width, int Height, List<int[]> Pictures) Read(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith("GIF89a"u8)) throw new InvalidDataException("no GIF");
        var (width, height) = (bytes[6] | bytes[7] << 8, bytes[8] | bytes[9] << 8);
        var colours = Enumerable.Range(0, 256).Select(i => bytes[13 + 3 * i] << 16 | bytes[14 + 3 * i] << 8 | bytes[15 + 3 * i]).ToArray();
        var pictures = new List<int[]>();
        var place = 13 + 3 * 256;
        while (bytes[place] != 0x3b)
        {
            if (bytes[place] == 0x21)
            {
                place += 2;
                Blocks();
                continue;
            }
            if (bytes[place] != 0x2c) throw new InvalidDataException($"block {bytes[place]:x}");
            place += 10;
            var codeBits = bytes[place++];
            pictures.Add([.. Decompress(Blocks(), codeBits).Select(index => colours[index])]);
        }
        return (width, height, pictures);

        byte[] Blocks()
        {
            var data = new List<byte>();
            for (; bytes[place] != 0; place += bytes[place] + 1) data.AddRange(bytes.AsSpan(place + 1, bytes[place]));
            place++;
            return [.. data];
        }
    }

    private static List<byte> Decompress(byte[] data, int codeBits)
    {
        var (clear, end) = (1 << codeBits, (1 << codeBits) + 1);
        var table = new List<byte[]>();
        var output = new List<byte>();
        var (bit, size) = (0, codeBits + 1);
        byte[]? before = null;
        while (true)
        {
            var code = 0;
            for (var i = 0; i < size; i++, bit++) code |= (data[bit / 8] >> bit % 8 & 1) << i;
            if (code == end) return output;
            if (code == clear)
            {
                table = [.. Enumerable.Range(0, end + 1).Select(i => i < clear ? new[] { (byte)i } : [])];
                (size, before) = (codeBits + 1, null);
                continue;
            }
            byte[] entry = code < table.Count ? table[code] : [.. before!, before![0]];
            output.AddRange(entry);
            if (before is not null && table.Count < 4096) table.Add([.. before, entry[0]]);
            if (table.Count == 1 << size && size < 12) size++;
            before = entry;
        }
    }
}
