namespace Pilotage.Lab.Data;

/// <summary>Reads bits, the most significant of each byte first. A mutable struct: pass it by <c>ref</c>.</summary>
/// <param name="bytes">Where the bits are.</param>
/// <param name="position">The byte to begin with.</param>
internal struct BitReader(byte[] bytes, int position)
{
    private int _position = position;
    private uint _buffer;
    private int _available;

    /// <summary>Takes the next bits.</summary>
    /// <param name="count">1 to 24.</param>
    /// <returns>The bits as a number.</returns>
    /// <exception cref="InvalidDataException">Fewer bits are left.</exception>
    public uint Take(int count)
    {
        while (_available < count)
        {
            if (_position == bytes.Length) throw new InvalidDataException("The bzip2 data end early.");
            _buffer = (_buffer << 8) | bytes[_position++];
            _available += 8;
        }
        _available -= count;
        return (_buffer >> _available) & ((1u << count) - 1);
    }
}
