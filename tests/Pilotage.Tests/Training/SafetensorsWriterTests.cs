using System.Security.Cryptography;
using CsCheck;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Training;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Write_SmallFile_HasExactlyTheseBytes()
    {
        var writer = new SafetensorsWriter { Metadata = { ["z"] = "1", ["a"] = "2" } };
        writer.Add(new("half", [2], new float[] { 1, -2 }), FloatFormat.F16);
        writer.Add(new("single", [1, 1], new float[] { 1 }));
        writer.Add(new("brain", [], new float[] { 1 }), FloatFormat.BF16);
        using var stream = new MemoryStream();

        var length = writer.Write(stream);

        var header = """{"__metadata__":{"z":"1","a":"2"},"single":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"""
            + "\"half\":" + """{"dtype":"F16","shape":[2],"data_offsets":[4,8]},"brain":{"dtype":"BF16","shape":[],"data_offsets":[8,10]}}""";
        var padded = header.PadRight((header.Length + 7) / 8 * 8);
        Assert.Equal(SafetensorsBytes.Of(padded, 0, 0, 0x80, 0x3F, 0, 0x3C, 0, 0xC0, 0x80, 0x3F), stream.ToArray());
        Assert.Equal(stream.Length, length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(stream.ToArray().AsSpan(8 + padded.Length))), writer.HashData());
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        var writer = new SafetensorsWriter();
        writer.Add(new WeightBlock("w", [100, 300], Enumerable.Range(0, 30_000).Select(i => i * 0.37f).ToArray()), FloatFormat.BF16);    // more than one part
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        writer.Write(first);
        writer.Write(second);

        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Fact]
    public void Write_AnyTensors_AreReadBackAlignedAndBitForBit()
    {
        var format = Gen.Enum<FloatFormat>();
        var raw = Gen.OneOf("BOOL", "U8", "I16", "I32", "U64", "F64", "F8_E5M2");
        var shape = Gen.Int[0, 5].Array[0, 4];
        Gen.Select(Gen.Select(shape, format).Array[0, 6], Gen.Select(shape, raw).Array[0, 6], Gen.Int[0, 1 << 20]).ForCases(300, (floats, raws, seed) =>
        {
            var writer = new SafetensorsWriter { Metadata = { ["seed"] = $"{seed}" } };
            var (values, bytes) = (floats.Select(entry => Floats(entry.Item1, seed)).ToArray(), raws.Select(entry => Raw(entry.Item1, entry.Item2, seed)).ToArray());
            for (var i = 0; i < raws.Length; i++) writer.Add($"raw{i}", raws[i].Item2, [.. raws[i].Item1.Select(extent => (long)extent)], bytes[i]);
            for (var i = 0; i < floats.Length; i++) writer.Add(new($"float{i}", floats[i].Item1, values[i]), floats[i].Item2);
            using (var stream = File.Create(_temporary.In("a.safetensors"))) Assert.Equal(writer.Write(stream), stream.Length);

            using var file = SafetensorsFile.Open(_temporary.In("a.safetensors"));

            Assert.Equal(floats.Length + raws.Length, file.Tensors.Count);
            Assert.All(file.Tensors, tensor => Assert.Equal(0, tensor.Begin % SafeTensor.SizeOf(tensor.DataType)!.Value));
            Assert.Equal($"{seed}", file.Metadata["seed"]);
            for (var i = 0; i < raws.Length; i++) Assert.Equal(bytes[i], file.Bytes($"raw{i}").ToArray());
            for (var i = 0; i < floats.Length; i++)
            {
                var again = new float[values[i].Length];
                file.Read($"float{i}", again);
                Assert.Equal(values[i].Select(value => BitConverter.SingleToInt32Bits(Rounded(value, floats[i].Item2))), again.Select(BitConverter.SingleToInt32Bits));
                Assert.Equal(floats[i].Item1.Select(extent => (long)extent), file.Find($"float{i}").Shape);
            }
        });
    }

    [Fact]
    public void Write_NamesAndTextsOfAnyLetters_AreReadBack()
    {
        var writer = new SafetensorsWriter { Metadata = { ["\"\\\n\u00E9\U0001F600"] = "\0" } };
        writer.Add(new("\u00E9 \"\U0001F600\"\\", [1], new float[] { 1 }));
        writer.Add(new("", [1], new float[] { 2 }));
        using (var stream = File.Create(_temporary.In("a.safetensors"))) writer.Write(stream);

        using var file = SafetensorsFile.Open(_temporary.In("a.safetensors"));

        Assert.Equal(["\u00E9 \"\U0001F600\"\\", ""], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("\0", file.Metadata["\"\\\n\u00E9\U0001F600"]);
    }

    [Fact]
    public void Add_WhatCannotBeWritten_IsRefused()
    {
        var writer = new SafetensorsWriter();
        writer.Add(new("x", [1], new float[1]));

        Assert.StartsWith("There is already a tensor named x.", Refusal(() => writer.Add(new("x", [1], new float[1]))));
        Assert.StartsWith("A tensor may not be called __metadata__", Refusal(() => writer.Add(new("__metadata__", [1], new float[1]))));
        Assert.Equal("y has the shape [2, 3], 24 bytes of F32, and values of 20 bytes.", Refusal(() => writer.Add(new("y", [2, 3], new float[5]))));
        Assert.Equal("y has a negative extent: [-1, -2].", Refusal(() => writer.Add(new("y", [-1, -2], new float[2]))));
        Assert.Equal("y has an impossible shape: [4294967296, 4294967296, 0].", Refusal(() => writer.Add("y", "U8", [1L << 32, 1L << 32, 0], default)));
        Assert.StartsWith("y: there is no type F3.", Refusal(() => writer.Add("y", "F3", [1], new byte[1])));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Add(new("y", [1], new float[1]), (FloatFormat)7));
    }

    [Fact]
    public void Write_NameThatIsNoText_IsRefusedBeforeAnythingIsWritten()
    {
        var writer = new SafetensorsWriter();
        writer.Add(new("half \ud800", [1], new float[1]));
        using var stream = new MemoryStream();

        Assert.ThrowsAny<ArgumentException>(() => writer.Write(stream));
        Assert.Equal(0, stream.Length);
    }

    private static string Refusal(Action add) => Assert.Throws<ArgumentException>(add).Message;

    private static float[] Floats(int[] shape, int seed) =>
        [.. Enumerable.Range(0, shape.Aggregate(1, (product, extent) => product * extent)).Select(i => i % 7 == 0 ? -0f : (float)Math.Sin(seed + i) * MathF.Pow(2, i % 60 - 30))];

    private static byte[] Raw(int[] shape, string type, int seed) =>
        [.. Enumerable.Range(0, shape.Aggregate(SafeTensor.SizeOf(type)!.Value, (product, extent) => product * extent)).Select(i => (byte)(seed * (i + 1)))];

    // In decimal arithmetic instead of bits: the multiple of the last kept place that is nearest, ties to even.
    private static float Rounded(float value, FloatFormat format)
    {
        if (format == FloatFormat.F32 || value == 0) return value;
        if (format == FloatFormat.F16) return (float)(Half)value;
        var place = Math.Pow(2, Math.ILogB(value) - 7);
        return (float)(Math.Round(value / place, MidpointRounding.ToEven) * place);
    }
}
