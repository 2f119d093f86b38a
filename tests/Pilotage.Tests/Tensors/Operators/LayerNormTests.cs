using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors.Operators;

public sealed class LayerNormTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(2, 16)]
    [InlineData(5, 33)]
    [InlineData(4, 128)]
    public void LayerNorm_AnyShape_MatchesTheReference(int rows, int columns)
    {
        var inputs = new OracleInputs(1, new Shape(2, rows, columns), new Shape(columns), new Shape(columns));
        Oracle.Check(() => inputs[0].LayerNorm(inputs[1], inputs[2], 1e-2f), inputs.Parameters);
        Oracle.Check(() => inputs[0].LayerNorm(epsilon: 1e-2f) + inputs[0], inputs.Parameters);
    }

    [Fact]
    public void LayerNorm_NoRows_GivesNone()
    {
        using var step = Step.Begin();
        Assert.Equal(new Shape(0, 7), Tensor.Filled(1, 0, 7).LayerNorm().Shape);
        Assert.Equal(new Shape(3, 0), Tensor.Filled(1, 3, 0).LayerNorm().Shape);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void LayerNorm_TwoNumbers_AreMinusOneAndOne(string backend) =>
        Assert.Equal([-1, 1], Backends.Values(backend, [10, 30], x => x.LayerNorm(epsilon: 1e-9f)));

    [Fact]
    public void LayerNorm_WrongGain_NamesShapes()
    {
        using var step = Step.Begin();
        var error = Assert.Throws<ArgumentException>(() => Tensor.Filled(1, 2, 4).LayerNorm(Tensor.Filled(1, 3)));
        Assert.Equal("LayerNorm: gain or shift [3] does not fit the last axis of [2, 4]; wanted [4].", error.Message);
    }
}
