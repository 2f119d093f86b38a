using System.Buffers;
using Xunit;

namespace Pilotage.Tests;

public sealed class SavedStateTests
{
    [Theory, InlineData(0), InlineData(-1), InlineData(long.MaxValue), InlineData(long.MinValue), InlineData(0x0102030405060708)]
    public void Long_RoundTrip_IsTheSame(long value)
    {
        var bytes = Written(writer => writer.Write(value));
        var reader = Reader(bytes);
        Assert.Equal(value, reader.ReadLong());
        Assert.True(reader.End);
    }

    [Fact]
    public void Long_Bytes_AreLittleEndian() => Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], Written(writer => writer.Write(0x0102030405060708)));

    [Fact]
    public void Values_RoundTrip_KeepTheirBits()
    {
        float[] floats = [0, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, 1 / 3f];
        var bytes = Written(writer =>
        {
            writer.Write<float>(floats);
            writer.Write<int>([]);
            writer.Write<bool>([true, false, true]);
            writer.Write(7);
        });
        var reader = Reader(bytes);
        var into = new float[floats.Length];
        reader.ReadInto<float>(into);
        Assert.Equal(floats.Select(BitConverter.SingleToInt32Bits), into.Select(BitConverter.SingleToInt32Bits));
        Assert.Empty(reader.ReadArray<int>());
        Assert.Equal([true, false, true], reader.ReadArray<bool>());
        Assert.Equal(7, reader.ReadLong());
        Assert.True(reader.End);
    }

    [Fact]
    public void Values_SplitOverSegments_AreReadAcross()
    {
        var bytes = Written(writer => writer.Write<double>([1.5, 2.5, 3.5]));
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            var reader = new SequenceReader<byte>(Segments(bytes[..cut], bytes[cut..]));
            Assert.Equal([1.5, 2.5, 3.5], reader.ReadArray<double>());
        }
    }

    [Fact]
    public void Read_TruncatedAnywhere_Throws()
    {
        var bytes = Written(writer => writer.Write<int>([1, 2, 3]));
        for (var length = 0; length < bytes.Length; length++)
        {
            var part = bytes[..length];
            Assert.Throws<InvalidDataException>(() => { var reader = Reader(part); reader.ReadArray<int>(); });
            Assert.Throws<InvalidDataException>(() => { var reader = Reader(part); reader.ReadInto<int>(new int[3]); });
        }
        Assert.Throws<InvalidDataException>(() => { var reader = Reader(bytes[..7]); reader.ReadLong(); });
    }

    [Theory, InlineData(2), InlineData(4), InlineData(0)]
    public void ReadInto_OtherLength_ThrowsAndNamesBoth(int length)
    {
        var bytes = Written(writer => writer.Write<int>([1, 2, 3]));
        var exception = Assert.Throws<InvalidDataException>(() => { var reader = Reader(bytes); reader.ReadInto<int>(new int[length]); });
        Assert.Contains("3 values", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{length} are expected", exception.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(-1), InlineData(4), InlineData(24), InlineData(long.MaxValue), InlineData(long.MinValue)]
    public void ReadArray_ImpossibleLength_ThrowsWithoutAllocatingIt(long length)
    {
        var bytes = Written(writer =>
        {
            writer.Write(length);
            for (var i = 0; i < 3; i++) writer.Write(i);
        });
        Assert.Throws<InvalidDataException>(() => { var reader = Reader(bytes); reader.ReadArray<long>(); });
    }

    private static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        var writer = new ArrayBufferWriter<byte>();
        write(writer);
        return writer.WrittenSpan.ToArray();
    }

    private static SequenceReader<byte> Reader(byte[] bytes) => new(new(bytes));

    private static ReadOnlySequence<byte> Segments(byte[] first, byte[] second)
    {
        var head = new Segment(first, runningIndex: 0);
        var tail = new Segment(second, runningIndex: first.Length);
        head.Append(tail);
        return new(head, 0, tail, second.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, long runningIndex) => (Memory, RunningIndex) = (bytes, runningIndex);

        public void Append(Segment next) => Next = next;
    }
}
