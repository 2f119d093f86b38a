using System.Text;
using CsCheck;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;
using static Pilotage.Tests.Training.SafetensorsBytes;

namespace Pilotage.Tests.Training;

/// <summary>Whatever the bytes are: either data that fit the header, or <see cref="InvalidDataException"/>; no other exception and no large allocation.</summary>
public sealed class SafetensorsFileFuzzTests : IDisposable
{
    // A file of a few hundred bytes costs some thousand to read; what a damaged length or shape asks for would be far above this.
    private const long MostAllocated = 1 << 20;

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ":", ",", "\"", "\\u0000", "\\ud800", "\"a\"", "\"__metadata__\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"BF16\"", "\"F64\"", "\"F4\"", "-", "0", "9", "1e9",
        "9223372036854775807", "18446744073709551616", "null", "true", "[[[[[[[[", "\u00E9", " ", "//", Entry("a", "F32", "[1]", 0, 4), Entry("z", "F4", "[3]", 40, 41), "[0,0]", "[0,41]",
    ];

    private static readonly byte[] Good = Of(
        "{\"__metadata__\":{\"k\":\"v\"}," + string.Join(
            ",", Entry("a", "F32", "[2,1]", 0, 8), Entry("b", "BF16", "[3]", 8, 14), Entry("c", "F16", "[]", 14, 16), Entry("d", "F64", "[1]", 16, 24), Entry("e", "I64", "[1]", 24, 32),
            Entry("f", "BOOL", "[2]", 32, 34), Entry("g", "F32", "[0,7]", 34, 34), Entry("h", "I16", "[3]", 34, 40), Entry("i", "F8_E4M3", "[1]", 40, 41)) + "}",
        [.. Enumerable.Range(0, 41).Select(i => (byte)(i is 32 or 33 ? i & 1 : i * 37))]);

    private static readonly int HeaderLength = Good.Length - 8 - 41;
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Open_UndamagedFile_ReadsEverything() => Assert.Equal(9, ReadsOrRefuses(Good));

    [Fact]
    public void Open_EveryTruncation_IsRefused()
    {
        for (var length = 0; length < Good.Length; length++) Assert.Equal(-1, ReadsOrRefuses(Good[..length]));
    }

    [Fact]
    public void Open_EverySingleBitFlipped_ReadsOrRefuses()
    {
        for (var bit = 0; bit < (8 + HeaderLength) * 8; bit++)
        {
            var bytes = Good.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            ReadsOrRefuses(bytes);
        }
    }

    [Fact]
    public void Open_BytesChangedAndCutOff_ReadsOrRefuses() =>
        Gen.Select(Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Byte).Array[0, 6], Gen.Int[0, 3 * Good.Length]).ForCases(4000, (changes, length) =>
        {
            var bytes = Good.ToArray();
            foreach (var (at, value) in changes) bytes[at] = value;
            ReadsOrRefuses(bytes[..Math.Min(length, bytes.Length)]);
        });

    [Fact]
    public void Open_HeaderSpliced_ReadsOrRefuses() =>
        Gen.Select(Gen.Select(Gen.Int[0, HeaderLength], Gen.Int[0, 30], Gen.OneOf(Pieces)).Array[1, 4], Gen.Int[-3, 3]).ForCases(4000, (splices, lie) =>
        {
            List<byte> header = [.. Good[8..(8 + HeaderLength)]];
            foreach (var (at, length, piece) in splices)
            {
                var start = Math.Min(at, header.Count);
                header.RemoveRange(start, Math.Min(length, header.Count - start));
                header.InsertRange(start, Encoding.UTF8.GetBytes(piece));
            }

            // A wrong length of the header now and then moves the data against it.
            ReadsOrRefuses([.. Length(header.Count + (lie is -3 or 3 ? lie : 0)), .. header, .. Good[(8 + HeaderLength)..]]);
        });

    [Fact]
    public void Open_ExtentsAndOffsetsOfAnySize_ReadsOrRefuses()
    {
        var number = Gen.OneOf(Gen.Long, Gen.Long[-1, 41], Gen.OneOf(0, 1L << 31, 1L << 32, long.MaxValue, long.MinValue));
        Gen.Select(Gen.OneOf("U8", "F32", "F64", "BF16", "F4"), number.Array[0, 4], number, number).ForCases(2000, (type, shape, begin, end) => { ReadsOrRefuses(Of($"{{{Entry("a", type, $"[{string.Join(',', shape)}]", begin, end)}}}", Good.AsSpan(8 + HeaderLength))); });
    }

    // The number of tensors, or -1 for a refusal.
    private int ReadsOrRefuses(byte[] bytes)
    {
        var path = _temporary.In("a.safetensors");
        Overwrite(path, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = -1;
        try
        {
            using var file = SafetensorsFile.Open(path);
            count = file.Tensors.Count;
            Assert.Equal(bytes.Length - 8 - BitConverter.ToInt64(bytes), file.Tensors.Sum(tensor => tensor.Length));
            foreach (var tensor in file.Tensors) AssertEqualsBytes(file, tensor, bytes);
        }
        catch (InvalidDataException exception)
        {
            Assert.StartsWith(path, exception.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        return count;
    }

    private static void AssertEqualsBytes(SafetensorsFile file, SafeTensor tensor, byte[] bytes)
    {
        var expected = bytes.AsSpan((int)(8 + BitConverter.ToInt64(bytes) + tensor.Begin), (int)tensor.Length);
        Assert.True(expected.SequenceEqual(file.Bytes(tensor.Name)));
        if (SafeTensor.SizeOf(tensor.DataType) is null) return;           // its shape may say anything
        switch (tensor.DataType)
        {
            case "F32":
                var singles = new float[tensor.Count];
                file.Read(tensor.Name, singles);
                Assert.True(expected.SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(singles.AsSpan())));
                break;
            case "BF16" or "F16" or "F64":
                file.Read(tensor.Name, new float[tensor.Count]);
                break;
            case "F8_E4M3" or "F8_E5M2":
                Assert.Throws<InvalidDataException>(() => file.Read(tensor.Name, new float[tensor.Count]));
                break;
            case "BOOL" or "U64" when expected.ContainsAnyInRange((byte)2, (byte)255):
                break;                                                    // may be refused for its values; tested apart
            default:
                file.Read(tensor.Name, new long[tensor.Count]);
                break;
        }
    }
}
