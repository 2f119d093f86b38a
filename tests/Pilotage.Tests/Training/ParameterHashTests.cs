using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Training;

public sealed class ParameterHashTests
{
    private static readonly WeightBlock First = new("a", [2, 1], new float[] { 1, -2 });

    [Fact]
    public void Of_WorkedExample_IsTheHashOfTheDocumentedBytes()
    {
        byte[] bytes =
        [
            1, 0, 0, 0,                                                  // blocks
            1, 0, 0, 0, (byte)'a',                                       // name
            2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0,                          // shape
            2, 0, 0, 0, 0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0xC0,  // 1 and -2
        ];

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), ParameterHash.Of([First]));
    }

    [Fact]
    public void Of_OneBitMore_IsAnotherHash() =>
        Assert.NotEqual(ParameterHash.Of([First]), ParameterHash.Of([First with { Values = new float[] { 1, MathF.BitDecrement(-2) } }]));

    [Fact]
    public void Of_MinusZero_IsNotZero() =>
        Assert.NotEqual(ParameterHash.Of([new("a", [1], new float[] { 0f })]), ParameterHash.Of([new("a", [1], new float[] { -0f })]));

    [Fact]
    public void Of_AnotherNameShapeOrOrder_IsAnotherHash()
    {
        var second = new WeightBlock("b", [2], new float[] { 3, 4 });
        string[] hashes =
        [
            ParameterHash.Of([First, second]), ParameterHash.Of([second, First]), ParameterHash.Of([First with { Name = "c" }, second]),
            ParameterHash.Of([First with { Shape = [1, 2] }, second]), ParameterHash.Of([First]), ParameterHash.Of([]),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void Of_LongBlock_CountsItsLastValue()
    {
        var values = new float[1000];
        var before = ParameterHash.Of([new("a", [1000], values)]);
        values[^1] = 1;

        Assert.NotEqual(before, ParameterHash.Of([new("a", [1000], values)]));
    }
}
