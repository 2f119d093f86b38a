namespace Pilotage.Lab.Data;

/// <summary>Canonical Huffman codes: codes of one length are consecutive, shorter ones come first.</summary>
internal sealed class HuffmanTable
{
    private const int LongestCode = 20;
    private readonly int[] _firstCode = new int[LongestCode + 2];
    private readonly int[] _firstPlace = new int[LongestCode + 2];
    private readonly int[] _symbols;

    /// <summary>Numbers the codes.</summary>
    /// <param name="lengths">Code length of each symbol, 1 to 20.</param>
    public HuffmanTable(int[] lengths)
    {
        _symbols = [.. Enumerable.Range(0, lengths.Length).OrderBy(symbol => lengths[symbol])];
        var (code, place) = (0, 0);
        for (var length = 1; length <= LongestCode; length++)
        {
            (_firstCode[length], _firstPlace[length]) = (code, place);
            var count = lengths.Count(each => each == length);
            code = (code + count) << 1;
            place += count;
        }
        _firstPlace[LongestCode + 1] = place;
    }

    /// <summary>Reads one symbol.</summary>
    /// <exception cref="InvalidDataException">No code matches.</exception>
    public int Read(ref BitReader bits)
    {
        var code = 0;
        for (var length = 1; length <= LongestCode; length++)
        {
            code = (code << 1) | (int)bits.Take(1);
            var offset = code - _firstCode[length];
            if (offset >= 0 && offset < _firstPlace[length + 1] - _firstPlace[length]) return _symbols[_firstPlace[length] + offset];
        }
        throw new InvalidDataException("The bzip2 data are damaged: a Huffman code is unknown.");
    }
}
