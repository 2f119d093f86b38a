using System.Buffers.Binary;
using System.Text;
using Pilotage.Lab.TensorBoard;

namespace Pilotage.Lab.Tests.TensorBoard;

/// <summary>A small reader of event files, apart from the code that writes them: it walks the frames and decodes fields by hand.</summary>
internal static class EventReader
{
    public sealed record Value(long Step, string Tag, float? Scalar, string? Text, double[]? Limits, double[]? Counts);

    public static IReadOnlyList<Value> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var values = new List<Value>();
        for (var start = 0; start < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(start));
            var prefix = bytes.AsSpan(start, 8);
            var record = bytes.AsSpan(start + 12, length);
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(start + 8)) != MaskedCrc.Of(prefix)
                || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(start + 12 + length)) != MaskedCrc.Of(record)) throw new InvalidDataException("wrong checksum");
            var fields = Fields(record.ToArray());
            var step = fields.Where(field => field.Number == 2).Select(field => (long)field.Integer).FirstOrDefault();
            foreach (var summary in fields.Where(field => field.Number == 5))
                foreach (var value in Fields(summary.Bytes).Where(field => field.Number == 1)) values.Add(ValueOf(step, Fields(value.Bytes)));
            start += 16 + length;
        }
        return values;
    }

    private static Value ValueOf(long step, List<(int Number, ulong Integer, byte[] Bytes)> fields)
    {
        byte[]? Of(int number) => fields.Where(field => field.Number == number).Select(field => field.Bytes).FirstOrDefault();
        var histogram = Of(5) is { } inner ? Fields(inner) : null;
        var text = Of(8) is { } tensor ? Encoding.UTF8.GetString(Fields(tensor).Single(field => field.Number == 8).Bytes) : null;
        float? scalar = fields.Any(field => field.Number == 2) ? BitConverter.UInt32BitsToSingle((uint)fields.Single(field => field.Number == 2).Integer) : null;
        return new(step, Encoding.UTF8.GetString(Of(1)!), scalar, text, Doubles(histogram, 6), Doubles(histogram, 7));
    }

    private static double[]? Doubles(List<(int Number, ulong Integer, byte[] Bytes)>? fields, int number) =>
        fields?.Single(field => field.Number == number).Bytes.Chunk(8).Select(part => BinaryPrimitives.ReadDoubleLittleEndian(part)).ToArray();

    private static List<(int Number, ulong Integer, byte[] Bytes)> Fields(byte[] message)
    {
        var fields = new List<(int, ulong, byte[])>();
        var place = 0;
        ulong Varint()
        {
            var (value, shift) = (0ul, 0);
            byte part;
            do
            {
                part = message[place++];
                value |= (ulong)(part & 127) << shift;
                shift += 7;
            }
            while (part > 127);
            return value;
        }
        while (place < message.Length)
        {
            var key = Varint();
            var (number, integer, content) = ((int)(key / 8), 0ul, Array.Empty<byte>());
            switch (key % 8)
            {
                case 0: integer = Varint(); break;
                case 1: integer = BitConverter.ToUInt64(message, place); place += 8; break;
                case 5: integer = BitConverter.ToUInt32(message, place); place += 4; break;
                case 2:
                    var length = (int)Varint();
                    content = message[place..(place + length)];
                    place += length;
                    break;
                default: throw new InvalidDataException($"wire type {key % 8}");
            }
            fields.Add((number, integer, content));
        }
        return fields;
    }
}
