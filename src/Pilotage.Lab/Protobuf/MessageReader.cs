using System.Buffers.Binary;

namespace Pilotage.Lab.Protobuf;

/// <summary>Reads the fields of one protocol-buffers message one after the other; enough to find the step of an event.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>Number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Value of an integer field, or the bits of a fixed one.</summary>
    public ulong Number { get; private set; }

    /// <summary>Content of a text, of bytes or of an inner message.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Goes to the next field; <see langword="false"/> at the end or where the bytes are no message.</summary>
    public bool Next()
    {
        if (_left.IsEmpty || !TryNumber(out var key)) return false;
        Field = (int)(key >> 3);
        Content = default;
        switch (key & 7)
        {
            case 0:
                if (!TryNumber(out var number)) return false;
                Number = number;
                return true;
            case 1 when _left.Length >= sizeof(ulong):
                Number = BinaryPrimitives.ReadUInt64LittleEndian(_left);
                _left = _left[sizeof(ulong)..];
                return true;
            case 2:
                if (!TryNumber(out var length) || length > (ulong)_left.Length) return false;
                Content = _left[..(int)length];
                _left = _left[(int)length..];
                return true;
            case 5 when _left.Length >= sizeof(uint):
                Number = BinaryPrimitives.ReadUInt32LittleEndian(_left);
                _left = _left[sizeof(uint)..];
                return true;
            default:
                return false;
        }
    }

    private bool TryNumber(out ulong number)
    {
        number = 0;
        for (var shift = 0; shift < 64 && !_left.IsEmpty; shift += 7)
        {
            var part = _left[0];
            _left = _left[1..];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return true;
        }
        return false;
    }
}
