using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;
using static Pilotage.Tests.Training.SafetensorsBytes;

namespace Pilotage.Tests.Training;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Open_GoodFile_ListsItsTensorsAndTexts()
    {
        using var file = Open(Of($"{{\"__metadata__\":{{\"format\":\"pt\"}},{Entry("w", "F16", "[2,1]", 0, 4)},{Entry("s", "U8", "[]", 4, 5)}}}", 0, 0x3C, 0, 0xC0, 7));

        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(["w F16 [2, 1] 2 4", "s U8 [] 1 1"], file.Tensors.Select(tensor => $"{tensor.Name} {tensor.DataType} {SafeTensor.Text(tensor.Shape)} {tensor.Count} {tensor.Length}"));
        Assert.True(file.Contains("w"));
        Assert.False(file.Contains("v"));
        Assert.Equal([1f, -2f], Floats(file, "w"));
        Assert.Equal([0, 0x3C, 0, 0xC0], file.Bytes("w").ToArray());
        Assert.Equal([0x3C, 0], file.Bytes("w", 1, 2).ToArray());
        Assert.Equal([7], file.Bytes("s").ToArray());
    }

    [Fact]
    public void Open_ScalarAndEmptyTensors_AreRead()
    {
        using var file = Open(Of($"{{{Entry("scalar", "F32", "[]", 0, 4)},{Entry("none", "F32", "[3,0]", 4, 4)},{Entry("nothing", "F64", "[0]", 0, 0)}}}", 0, 0, 0x80, 0x3F));

        Assert.Equal([1f], Floats(file, "scalar"));
        file.Read("none", Span<float>.Empty);
        file.Read("nothing", Span<float>.Empty);
        Assert.Equal(0, file.Bytes("none").Length);
        Assert.Equal(0, file.Find("none").Count);
    }

    [Fact]
    public void Open_NoTensors_IsAnEmptyFile()
    {
        using var file = Open(Of("{}"));

        Assert.Empty(file.Tensors);
    }

    [Theory]
    [InlineData("overlap", "begins at byte 1 of the data where byte 2 is next")]
    [InlineData("gap", "begins at byte 2 of the data where byte 1 is next")]
    [InlineData("outside", "describes 9 bytes of data and 2 follow")]
    [InlineData("cut_off", "describes 4 bytes of data and 3 follow")]
    [InlineData("more_after_the_data", "describes 4 bytes of data and 5 follow")]
    [InlineData("cut_off_in_header", "claims 54 bytes where the file has 20 left")]
    [InlineData("cut_off_in_length", "has 5 bytes, fewer than the length of a header")]
    [InlineData("empty", "has 0 bytes, fewer than the length of a header")]
    [InlineData("header_longer_than_file", "claims 1099511627776 bytes where the file has 2 left")]
    [InlineData("header_negative", "claims 18446744073709551615 bytes where the file has 2 left")]
    [InlineData("not_json", "its header is no readable JSON")]
    [InlineData("not_utf8", "its header is no readable JSON")]
    [InlineData("name_twice", "names x twice")]
    [InlineData("deep", "has StartArray where StartObject belongs")]
    [InlineData("deep_objects", "x has a field that the format does not have")]
    [InlineData("shape_overflow", "x has an impossible shape")]
    [InlineData("shape_overflow_of_unknown_type", "x has an impossible shape")]
    [InlineData("shape_against_offsets", "x has offsets that do not fit its shape")]
    [InlineData("offsets_backwards", "x has offsets that do not fit its shape")]
    [InlineData("offset_negative", "x has a size or an offset that is no count")]
    public void Open_DamagedFile_NamesTheFileAndSaysHow(string damage, string expected)
    {
        var good = Of($"{{{Entry("x", "F32", "[1]", 0, 4)}}}", 1, 2, 3, 4);
        var bytes = damage switch
        {
            "overlap" => Of($"{{{Entry("x", "U8", "[2]", 0, 2)},{Entry("y", "U8", "[2]", 1, 3)}}}", 1, 2, 3),
            "gap" => Of($"{{{Entry("x", "U8", "[1]", 0, 1)},{Entry("y", "U8", "[1]", 2, 3)}}}", 1, 2, 3),
            "outside" => Of($"{{{Entry("x", "U8", "[9]", 0, 9)}}}", 1, 2),
            "cut_off" => good[..^1],
            "more_after_the_data" => [.. good, 5],
            "cut_off_in_header" => good[..28],
            "cut_off_in_length" => good[..5],
            "empty" => [],
            "header_longer_than_file" => [.. Length(1L << 40), (byte)'{', (byte)'}'],
            "header_negative" => [.. Length(-1), (byte)'{', (byte)'}'],
            "not_json" => Of("{x"),
            "not_utf8" => Of([(byte)'{', (byte)'"', 0xC3, 0x28, .. "\":{}}"u8], []),
            "name_twice" => Of($"{{{Entry("x", "U8", "[1]", 0, 1)},{Entry("x", "U8", "[1]", 1, 2)}}}", 1, 2),
            "deep" => Of("{\"x\":" + new string('[', 100_000)),
            "deep_objects" => Of(string.Concat(Enumerable.Repeat("{\"x\":", 100_000))),
            "shape_overflow" => Of($"{{{Entry("x", "F32", "[4294967296,4294967296]", 0, 4)}}}", 1, 2, 3, 4),
            "shape_overflow_of_unknown_type" => Of($"{{{Entry("x", "F4", "[4294967296,4294967296]", 0, 4)}}}", 1, 2, 3, 4),
            "shape_against_offsets" => Of($"{{{Entry("x", "F32", "[2]", 0, 4)}}}", 1, 2, 3, 4),
            "offsets_backwards" => Of($"{{{Entry("x", "F4", "[2]", 4, 0)}}}", 1, 2, 3, 4),
            "offset_negative" => Of($"{{{Entry("x", "F32", "[1]", -4, 0)}}}", 1, 2, 3, 4),
            _ => throw new ArgumentException(damage),
        };

        var message = Assert.Throws<InvalidDataException>(() => Open(bytes)).Message;

        Assert.StartsWith($"{_temporary.In("a.safetensors")} cannot be used: ", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void Open_HeaderAboveTheLimit_IsRefusedBeforeItIsRead()
    {
        using (var stream = File.Create(_temporary.In("a.safetensors")))
        {
            stream.Write(Length(100_000_001));
            stream.SetLength(200_000_000);                                // a hole: takes no space
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(_temporary.In("a.safetensors"))).Message;

        Assert.Contains("claims 100000001 bytes; the longest allowed has 100000000", message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Open_NoSuchFile_IsAnIOException() =>
        Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Open(_temporary.In("none.safetensors")));

    [Theory]
    [InlineData("F8_E4M3", 2)]
    [InlineData("F4", 1)]
    [InlineData("C64", 16)]
    [InlineData("SOMETHING", 3)]
    public void Read_TypeThatIsNotKnown_IsListedAndNamedWithTheAllowedOnes(string type, int length)
    {
        var data = Enumerable.Range(1, length).Select(i => (byte)i).ToArray();
        using var file = Open(Of($"{{{Entry("x", type, "[2]", 0, length)}}}", data));

        Assert.Equal(type, file.Find("x").DataType);
        Assert.Equal(data, file.Bytes("x").ToArray());
        var path = _temporary.In("a.safetensors");
        Assert.Equal($"{path}: x is {type}, which cannot be read as floats. Allowed: BF16, F16, F32, F64.", Refusal(() => file.Read("x", new float[2])));
        Assert.Equal($"{path}: x is {type}, which cannot be read as 32-bit integers. Allowed: BOOL, I8, U8, I16, U16, I32.", Refusal(() => file.Read("x", new int[2])));
        Assert.Equal(
            $"{path}: x is {type}, which cannot be read as 64-bit integers. Allowed: BOOL, I8, U8, I16, U16, I32, U32, I64, U64.", Refusal(() => file.Read("x", new long[2])));
    }

    [Theory]
    [InlineData("I8", new byte[] { 0x80, 0x7F }, new long[] { -128, 127 })]
    [InlineData("U8", new byte[] { 0x80, 0x7F }, new long[] { 128, 127 })]
    [InlineData("BOOL", new byte[] { 1, 0 }, new long[] { 1, 0 })]
    [InlineData("I16", new byte[] { 0, 0x80, 1, 2 }, new long[] { -32768, 513 })]
    [InlineData("U16", new byte[] { 0, 0x80, 1, 2 }, new long[] { 32768, 513 })]
    [InlineData("I32", new byte[] { 0, 0, 0, 0x80, 1, 0, 0, 0 }, new long[] { int.MinValue, 1 })]
    public void Read_SmallIntegers_AreExactIn32And64Bits(string type, byte[] data, long[] expected)
    {
        using var file = Open(Of($"{{{Entry("x", type, "[2]", 0, data.Length)}}}", data));
        var (ints, longs) = (new int[2], new long[2]);

        file.Read("x", ints);
        file.Read("x", longs);

        Assert.Equal(expected, ints.Select(value => (long)value));
        Assert.Equal(expected, longs);
    }

    [Theory]
    [InlineData("U32", new byte[] { 0, 0, 0, 0x80 }, 1L << 31)]
    [InlineData("I64", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x80 }, long.MinValue)]
    [InlineData("U64", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F }, long.MaxValue)]
    public void Read_LargeIntegers_AreExactIn64BitsAndRefusedIn32(string type, byte[] data, long expected)
    {
        using var file = Open(Of($"{{{Entry("x", type, "[]", 0, data.Length)}}}", data));
        var longs = new long[1];

        file.Read("x", longs);

        Assert.Equal(expected, longs[0]);
        Assert.Throws<InvalidDataException>(() => file.Read("x", new int[1]));
    }

    [Fact]
    public void Read_IntegersOutOfTheirRange_AreNamed()
    {
        using var file = Open(Of(
            $"{{{Entry("b", "BOOL", "[2]", 0, 2)},{Entry("u", "U64", "[1]", 2, 10)}}}", 1, 7, 0, 0, 0, 0, 0, 0, 0, 0x80));

        Assert.EndsWith("b holds the byte 7 where a BOOL is 0 or 1.", Refusal(() => file.Read("b", new int[2])));
        Assert.EndsWith("u holds 9223372036854775808, which is above 9223372036854775807.", Refusal(() => file.Read("u", new long[1])));
    }

    [Fact]
    public void Read_WrongNameOrLength_SaysSo()
    {
        using var file = Open(Of($"{{{Entry("x", "F32", "[1]", 0, 4)}}}", 1, 2, 3, 4));

        Assert.EndsWith("has no tensor y among its 1.", Assert.Throws<KeyNotFoundException>(() => file.Read("y", new float[1])).Message);
        Assert.Contains("x has 1 elements; got a span of 2.", Assert.Throws<ArgumentException>(() => file.Read("x", new float[2])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = file.Bytes("x", 1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = file.Bytes("x", -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = file.Bytes("x", 5, 0));
        Assert.Equal(0, file.Bytes("x", 4, 0).Length);
    }

    [Fact]
    public void Read_AfterDispose_IsRefused()
    {
        var file = Open(Of($"{{{Entry("x", "F32", "[1]", 0, 4)},{Entry("n", "F32", "[0]", 4, 4)}}}", 1, 2, 3, 4));
        file.Dispose();
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => file.Read("x", new float[1]));
        Assert.Throws<ObjectDisposedException>(() => file.Read("n", Span<float>.Empty));
        Assert.Throws<ObjectDisposedException>(() => _ = file.Bytes("x"));
        File.WriteAllBytes(_temporary.In("a.safetensors"), []);          // nothing holds it any longer
    }

    [Fact]
    public void Read_WhileAnotherThreadDisposes_EitherReadsOrIsRefused()
    {
        var path = Save(Of($"{{{Entry("x", "BF16", "[100000]", 0, 200_000)}}}", new byte[200_000]));
        for (var i = 0; i < 50; i++)
        {
            var file = SafetensorsFile.Open(path);
            using var started = new ManualResetEventSlim();
            var reading = new Thread(() =>
            {
                var values = new float[100_000];
                started.Set();
                try
                {
                    for (var turn = 0; turn < 100; turn++) file.Read("x", values);
                }
                catch (ObjectDisposedException)
                {
                    // What the other outcome looks like.
                }
            });
            reading.Start();
            started.Wait(TestContext.Current.CancellationToken);
            file.Dispose();
            reading.Join();
        }
    }

    [Fact]
    public void Read_BeyondTwoGigabytes_FindsTheDataAndRefusesWhatNoSpanHolds()
    {
        const long bigLength = (1L << 31) + 24;                           // as a hole, takes no space
        var path = _temporary.In("big.safetensors");
        using (var stream = File.Create(path))
        {
            stream.Write(Of($"{{{Entry("big", "U8", $"[{bigLength}]", 0, bigLength)},{Entry("tail", "F32", "[3]", bigLength, bigLength + 12)}}}"));
            stream.Seek(bigLength - 1, SeekOrigin.Current);
            stream.WriteByte(9);
            stream.Write(MemoryMarshal.AsBytes<float>([1.5f, float.NaN, -0f]));
        }

        using var file = SafetensorsFile.Open(path);

        Assert.Equal([1.5f, float.NaN, -0f], Floats(file, "tail"));
        Assert.Equal([0, 9], file.Bytes("big", bigLength - 2, 2).ToArray());
        Assert.Equal([0, 0, 0xC0, 0x3F], file.Bytes("tail", 0, 4).ToArray());
        Assert.EndsWith($"big has {bigLength} bytes, and a span has at most 2147483647. Take it in parts.", Refusal(() => _ = file.Bytes("big")));
        Assert.EndsWith($"big has {bigLength} elements, and a span has at most 2147483647. Take its bytes in parts.", Refusal(() => file.Read("big", new int[1])));
    }

    [Fact]
    public void Read_TensorOfSeveralParts_IsWhole()
    {
        const int count = (1 << 24) + 3;                                  // one part more than the reader converts at once
        var data = new byte[count * sizeof(ushort)];
        for (var i = 0; i < count; i++) BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(i * sizeof(ushort)), (ushort)(i * 31));
        using var file = Open(Of($"{{{Entry("x", "U16", $"[{count}]", 0, data.Length)}}}", data));
        var values = new int[count];

        file.Read("x", values);

        for (var i = 0; i < count; i++)
        {
            if (values[i] != (ushort)(i * 31)) Assert.Fail($"Element {i} is {values[i]}.");
        }
    }

    private static string Refusal(Action read) => Assert.Throws<InvalidDataException>(read).Message;

    private static float[] Floats(SafetensorsFile file, string name)
    {
        var values = new float[file.Find(name).Count];
        file.Read(name, values);
        return values;
    }

    private string Save(byte[] bytes)
    {
        File.WriteAllBytes(_temporary.In("a.safetensors"), bytes);
        return _temporary.In("a.safetensors");
    }

    private SafetensorsFile Open(byte[] bytes) => SafetensorsFile.Open(Save(bytes));
}
