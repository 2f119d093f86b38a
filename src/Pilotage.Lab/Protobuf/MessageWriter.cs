using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Pilotage.Lab.Protobuf;

/// <summary>Writes the fields of one protocol-buffers message, in the order of the calls.</summary>
/// <remarks>Source of the encoding: protobuf.dev/programming-guides/encoding. A field is a key (number and wire type) and a value.</remarks>
internal sealed class MessageWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public MessageWriter Integer(int field, long value)
    {
        Key(field, Varint);
        Number((ulong)value);
        return this;
    }

    public MessageWriter Double(int field, double value)
    {
        Key(field, Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), value);
        _bytes.Advance(sizeof(double));
        return this;
    }

    public MessageWriter Single(int field, float value)
    {
        Key(field, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
        return this;
    }

    public MessageWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Key(field, LengthDelimited);
        Number((ulong)value.Length);
        BuffersExtensions.Write(_bytes, value);                          // not the extension of saved state, which writes a length first
        return this;
    }

    public MessageWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public MessageWriter Message(int field, MessageWriter value) => Bytes(field, value.Written);

    /// <summary>A repeated field of doubles, packed.</summary>
    public MessageWriter Doubles(int field, ReadOnlySpan<double> values)
    {
        var bytes = new byte[values.Length * sizeof(double)];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        return Bytes(field, bytes);
    }

    private void Key(int field, int wireType) => Number((ulong)(field << 3 | wireType));

    private void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Append((byte)(value | 0x80));
        Append((byte)value);
    }

    private void Append(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
