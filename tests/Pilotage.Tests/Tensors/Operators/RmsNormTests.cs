using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors.Operators;

public sealed class RmsNormTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(2, 16)]
    [InlineData(5, 33)]
    [InlineData(4, 128)]
    public void RmsNorm_AnyShape_MatchesTheReference(int rows, int columns)
    {
        var inputs = new OracleInputs(1, new Shape(2, rows, columns), new Shape(columns));
        Oracle.Check(() => inputs[0].RmsNorm(inputs[1], 1e-2f), inputs.Parameters);
        Oracle.Check(() => inputs[0].RmsNorm(epsilon: 1e-2f) + inputs[0], inputs.Parameters);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void RmsNorm_ThreeAndFour_IsDividedByTheRootOfTheMeanSquare(string backend) =>
        Assert.Equal([(float)(3 / Math.Sqrt(12.5)), (float)(4 / Math.Sqrt(12.5))], Backends.Values(backend, [3, 4], x => x.RmsNorm(epsilon: 1e-12f)), (a, b) => Math.Abs(a - b) < 2e-7);

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void RmsNorm_NoRowsOrColumns_GivesNone(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend));
        Assert.Equal(new Shape(0, 7), Tensor.Filled(1, 0, 7).RmsNorm().Shape);
        Assert.Equal(new Shape(3, 0), Tensor.Filled(1, 3, 0).RmsNorm().Shape);
    }
}
