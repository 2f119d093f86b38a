namespace Pilotage.Lab.Data;

/// <summary>Unpacks bzip2 data, which the base library does not read. Does not pack.</summary>
/// <remarks>Format: the bzip2 stream (BZh): blocks of Huffman-coded, move-to-front, run-length-coded Burrows-Wheeler transforms. Checksums inside the
/// stream are not verified, because whoever downloads verifies the whole file's SHA-256.</remarks>
internal static class Bzip2
{
    private const ulong BlockMagic = 0x314159265359;            // the first digits of pi mark a block, those of its root the end
    private const ulong EndMagic = 0x177245385090;
    private const int GroupSize = 50;                           // symbols between two changes of the Huffman table

    /// <summary>Unpacks one whole stream.</summary>
    /// <param name="packed">From "BZh" to its end.</param>
    /// <returns>The original bytes.</returns>
    /// <exception cref="InvalidDataException">Not a bzip2 stream, or it ends early.</exception>
    public static byte[] Decompress(byte[] packed)
    {
        if (packed.Length < 4 || packed is not [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..]) throw new InvalidDataException("Not bzip2 data.");
        var bits = new BitReader(packed, position: 4);
        var block = new int[(packed[3] - '0') * 100_000];
        using var output = new MemoryStream(packed.Length * 4);
        while (true)
        {
            var magic = ((ulong)bits.Take(24) << 24) | bits.Take(24);
            if (magic is not (EndMagic or BlockMagic)) throw new InvalidDataException("The bzip2 data are damaged: a block does not begin where it should.");
            bits.Take(16);
            bits.Take(16);                                      // checksum of the block or of the whole
            if (magic == EndMagic) return output.ToArray();
            ReadBlock(ref bits, block, output);
        }
    }

    private static void ReadBlock(ref BitReader bits, int[] block, MemoryStream output)
    {
        if (bits.Take(1) != 0) throw new InvalidDataException("The bzip2 data use randomised blocks, which no program of the last decades writes.");
        var origin = (int)bits.Take(24);
        var alphabet = ReadAlphabet(ref bits);
        var tableCount = (int)bits.Take(3);
        var selectors = ReadSelectors(ref bits, tableCount);
        var tables = new HuffmanTable[tableCount];
        for (var table = 0; table < tableCount; table++) tables[table] = ReadTable(ref bits, alphabet.Count + 2);

        Span<int> starts = stackalloc int[257];
        starts.Clear();
        var length = ReadSymbols(ref bits, alphabet, selectors, tables, block, starts);
        if (origin >= length) throw new InvalidDataException("The bzip2 data are damaged: a block's origin lies outside it.");

        // Inverse Burrows-Wheeler transform: the low byte holds the symbol, the upper bits the link to the next one.
        for (var symbol = 1; symbol <= 256; symbol++) starts[symbol] += starts[symbol - 1];
        for (var i = 0; i < length; i++) block[starts[block[i] & 0xFF]++] |= i << 8;
        WriteRuns(block, length, block[origin] >> 8, output);
    }

    private static List<byte> ReadAlphabet(ref BitReader bits)
    {
        var ranges = bits.Take(16);
        var alphabet = new List<byte>(256);
        for (var range = 0; range < 16; range++)
        {
            if ((ranges & (0x8000u >> range)) == 0) continue;
            var used = bits.Take(16);
            for (var low = 0; low < 16; low++)
            {
                if ((used & (0x8000u >> low)) != 0) alphabet.Add((byte)(range * 16 + low));
            }
        }
        return alphabet;
    }

    private static byte[] ReadSelectors(ref BitReader bits, int tableCount)
    {
        var selectors = new byte[bits.Take(15)];
        var recent = Enumerable.Range(0, tableCount).Select(table => (byte)table).ToList();
        for (var i = 0; i < selectors.Length; i++)
        {
            var place = 0;
            while (bits.Take(1) == 1) place++;
            if (place >= tableCount) throw new InvalidDataException("The bzip2 data are damaged: a Huffman table is named that does not exist.");
            selectors[i] = MoveToFront(recent, place);
        }
        return selectors;
    }

    private static HuffmanTable ReadTable(ref BitReader bits, int symbols)
    {
        var lengths = new int[symbols];
        var length = (int)bits.Take(5);
        for (var symbol = 0; symbol < symbols; symbol++)
        {
            while (bits.Take(1) == 1) length += bits.Take(1) == 0 ? 1 : -1;
            if (length is < 1 or > 20) throw new InvalidDataException("The bzip2 data are damaged: a Huffman code has an impossible length.");
            lengths[symbol] = length;
        }
        return new(lengths);
    }

    private static int ReadSymbols(ref BitReader bits, List<byte> alphabet, byte[] selectors, HuffmanTable[] tables, int[] block, Span<int> starts)
    {
        var recent = new List<byte>(alphabet);
        var (length, group, left, run, weight) = (0, -1, 0, 0, 1);
        while (true)
        {
            if (left-- == 0)
            {
                if (++group >= selectors.Length) throw new InvalidDataException("The bzip2 data are damaged: a block ends early.");
                left = GroupSize - 1;
            }
            var symbol = tables[selectors[group]].Read(ref bits);
            if (symbol < 2)                                      // runs of the front symbol in bijective base 2
            {
                run += weight << symbol;
                weight <<= 1;
                continue;
            }
            if (run > 0)
            {
                if (run > block.Length - length) throw new InvalidDataException("The bzip2 data are damaged: a run is longer than its block.");
                block.AsSpan(length, run).Fill(recent[0]);
                starts[recent[0] + 1] += run;
                length += run;
                (run, weight) = (0, 1);
            }
            if (symbol == alphabet.Count + 1) return length;
            if (length == block.Length) throw new InvalidDataException("The bzip2 data are damaged: a block is longer than the header says.");
            var value = MoveToFront(recent, symbol - 1);
            block[length++] = value;
            starts[value + 1]++;
        }
    }

    /// <summary>Writes a block's bytes; four equal ones in a row are followed by a count of further ones.</summary>
    private static void WriteRuns(int[] block, int length, int position, MemoryStream output)
    {
        var (previous, repeats) = (-1, 0);
        for (var i = 0; i < length; i++)
        {
            var entry = block[position];
            position = entry >> 8;
            var value = entry & 0xFF;
            if (repeats == 4)
            {
                for (var more = 0; more < value; more++) output.WriteByte((byte)previous);
                (previous, repeats) = (-1, 0);
                continue;
            }
            repeats = value == previous ? repeats + 1 : 1;
            previous = value;
            output.WriteByte((byte)value);
        }
    }

    private static byte MoveToFront(List<byte> recent, int place)
    {
        var value = recent[place];
        recent.RemoveAt(place);
        recent.Insert(0, value);
        return value;
    }
}
