using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class RotaryTests
{
    [Theory]
    [InlineData(1, 1, 1, 2, 0, 10_000f)]
    [InlineData(2, 5, 3, 6, 3, 10_000f)]
    [InlineData(2, 4, 2, 32, 1000, 500_000f)]
    [InlineData(1, 3, 2, 66, 100_000, 10_000f)]
    [InlineData(1, 2, 1, 128, 1 << 20, 1.5f)]
    [InlineData(2, 7, 1, 34, int.MaxValue, 3e38f)]
    public void Rotate_AnyShape_MatchesTheReference(int batch, int tokens, int heads, int width, int first, float frequencyBase)
    {
        var inputs = new OracleInputs(1, new Shape(batch, tokens, heads, width));
        Oracle.Check(() => inputs[0].Rotate(first, frequencyBase), inputs.Parameters);
        Oracle.Check(() => inputs[0].Rotate(first, frequencyBase) * inputs[0], inputs.Parameters);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Rotate_UnitVectors_TurnByTheirPositions(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend), Gradient.None);
        var turned = Backends.Values(Tensor.From([1, 1, 0, 0, 1, 0, 0, 1], 1, 2, 1, 4).Rotate(1, 16));
        // Token 0 stands at position 1, token 1 at 2; the second pair turns at a quarter of the speed.
        double[] expected = [Math.Cos(1), Math.Cos(0.25), Math.Sin(1), Math.Sin(0.25), Math.Cos(2), -Math.Sin(0.5), Math.Sin(2), Math.Cos(0.5)];
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], turned[i], 1e-6);
    }

    [Fact]
    public void Rotate_OfOneToken_HasTheBitsOfThatTokenInASequence()
    {
        var inputs = new OracleInputs(4, new Shape(2, 9, 3, 22));
        using var step = Step.Begin(gradient: Gradient.None);
        var whole = inputs[0].Rotate(5);
        for (var token = 0; token < 9; token++)
            Assert.Equal(Backends.Values(whole.Slice(1, token, 1)), Backends.Values(inputs[0].Slice(1, token, 1).Rotate(5 + token)));
    }

    [Fact]
    public void Rotate_NoTokens_GivesNone()
    {
        using var step = Step.Begin();
        Assert.Equal(new Shape(2, 0, 1, 4), Tensor.Filled(1, 2, 0, 1, 4).Rotate().Shape);
        Assert.Equal(new Shape(2, 3, 1, 0), Tensor.Filled(1, 2, 3, 1, 0).Rotate().Shape);
    }

    [Fact]
    public void Rotate_WhatDoesNotFit_IsNamed()
    {
        using var step = Step.Begin();
        var (odd, x) = (Tensor.Filled(1, 2, 3, 1, 5), Tensor.Filled(1, 2, 3, 1, 4));
        Assert.Equal("Rotate: [2, 3, 1, 5] does not fit; wanted [batch, tokens, heads, d] with d even.", Assert.Throws<ArgumentException>(() => odd.Rotate()).Message);
        Assert.Equal("Rotate: the base is 1; it must be above 1. (Parameter 'frequencyBase')", Assert.Throws<ArgumentOutOfRangeException>(() => x.Rotate(0, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Rotate(-1));
    }
}
