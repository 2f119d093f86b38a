using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Training;

public sealed class SafetensorsHeaderTests
{
    private const string Good = """{"__metadata__":{"a":"b"},"x":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"y":{"dtype":"U8","shape":[],"data_offsets":[8,9]}}""";

    [Fact]
    public void Write_ThenRead_GivesTheSameAndAlignsTheData()
    {
        var header = new SafetensorsHeader([new("w", "F32", [3, 2], 0, 24), new("none", "F32", [0, 7], 24, 24), new("state", "U8", [5], 24, 29)], new Dictionary<string, string> { ["kind"] = "ppo\n\"é" });
        using var stream = new MemoryStream();

        var length = header.Write(stream);
        stream.Write(new byte[header.DataLength]);
        stream.Position = 0;
        var again = SafetensorsHeader.Read(stream);

        Assert.Equal(0, length % 8);
        Assert.Equal(length, stream.Position);
        Assert.Equal(header.Metadata, again.Metadata);
        Assert.Equal(header.Tensors.Select(Text), again.Tensors.Select(Text));
    }

    [Fact]
    public void Read_FileOfAnotherProgram_IsUnderstood()
    {
        var header = Read(Good, 9);

        Assert.Equal(["x F32 [2,1] 0-8", "y U8 [] 8-9"], header.Tensors.Select(Text));
    }

    [Theory]
    [InlineData("gap", """{"x":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2)]
    [InlineData("overlap", """{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"y":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3)]
    [InlineData("too_little_data", """{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 1)]
    [InlineData("too_much_data", """{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 3)]
    [InlineData("offsets_against_shape", """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,2]}}""", 2)]
    [InlineData("offsets_backwards", """{"x":{"dtype":"U8","shape":[2],"data_offsets":[2,0]}}""", 2)]
    [InlineData("three_offsets", """{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,1,2]}}""", 2)]
    [InlineData("negative", """{"x":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}}""", 2)]
    [InlineData("overflow", """{"x":{"dtype":"F64","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,8]}}""", 8)]
    [InlineData("beyond_64_bits", """{"x":{"dtype":"F64","shape":[99999999999999999999],"data_offsets":[0,8]}}""", 8)]
    [InlineData("fraction", """{"x":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}""", 1)]
    [InlineData("unknown_type", """{"x":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}""", 8)]
    [InlineData("unknown_field", """{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"more":1}}""", 1)]
    [InlineData("lacks_shape", """{"x":{"dtype":"U8","data_offsets":[0,1]}}""", 1)]
    [InlineData("twice", """{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"x":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2)]
    [InlineData("metadata_not_text", """{"__metadata__":{"a":1}}""", 0)]
    [InlineData("metadata_twice", """{"__metadata__":{"a":"1","a":"2"}}""", 0)]
    [InlineData("no_object", "[1]", 0)]
    [InlineData("no_json", "{x", 0)]
    [InlineData("more_after_the_object", "{}{}", 0)]
    [InlineData("half_a_surrogate", """{"\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1)]
    [InlineData("deep", "{\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", 0)]
    public void Read_DamagedHeader_SaysHow(string name, string json, int dataLength) =>
        Snapshot.Matches(Assert.Throws<InvalidDataException>(() => Read(json, dataLength)).Message, name);

    [Theory]
    [InlineData(0UL)]
    [InlineData(100UL)]
    [InlineData(1UL << 40)]
    [InlineData(ulong.MaxValue)]
    public void Read_ImpossibleLength_IsRefusedBeforeAnythingIsAllocated(ulong length)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);

        Assert.Throws<InvalidDataException>(() => SafetensorsHeader.Read(new MemoryStream(bytes)));
    }

    [Fact]
    public void Read_AnyDamageToAGoodFile_GivesAFittingHeaderOrInvalidData()
    {
        var good = File(Good, 9);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Array[1, 6].ForCases(5000, damages =>
        {
            var bytes = good.ToArray();
            foreach (var (at, value, _) in damages) bytes[at] = value;
            AssertFitsOrIsRefused(bytes.AsSpan(0, damages[0].Item3 < 8 ? damages[0].Item3 : bytes.Length).ToArray());
        });
    }

    [Fact]
    public void Read_AnyHeaderOfPlausiblePieces_GivesAFittingHeaderOrInvalidData()
    {
        var piece = Gen.OneOf(
            "{", "}", "[", "]", ":", ",", "\"x\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "\"F32\"", "\"U8\"", "0", "1", "8", "-1", "9223372036854775807", "1e9", "null",
            "\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}", "\"shape\":[4294967296,4294967296,4]");
        Gen.Select(piece.Array[0, 30], Gen.Int[0, 16]).ForCases(5000, (pieces, dataLength) => AssertFitsOrIsRefused(File(string.Concat(pieces), dataLength)));
    }

    private static void AssertFitsOrIsRefused(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        try
        {
            var header = SafetensorsHeader.Read(stream);
            Assert.Equal(stream.Length - stream.Position, header.DataLength);
            Assert.Equal(header.DataLength, header.Tensors.Sum(tensor => tensor.Length));
        }
        catch (InvalidDataException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
    }

    private static SafetensorsHeader Read(string json, int dataLength) => SafetensorsHeader.Read(new MemoryStream(File(json, dataLength)));

    private static byte[] File(string json, int dataLength)
    {
        var header = Encoding.UTF8.GetBytes(json);
        var bytes = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes, 8);
        return bytes;
    }

    private static string Text(SafeTensor tensor) => $"{tensor.Name} {tensor.DataType} [{string.Join(',', tensor.Shape)}] {tensor.Begin}-{tensor.End}";
}
