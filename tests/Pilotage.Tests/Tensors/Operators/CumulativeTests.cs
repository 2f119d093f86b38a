using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors.Operators;

public sealed class CumulativeTests
{
    private static readonly int[][] Shapes = [[1], [17], [5, 33], [33, 5], [3, 20, 16], [2, 7, 17], [2, 3, 4, 5], [0, 3], [3, 0], [2, 1, 1]];

    [Fact]
    public void CumulativeSum_EachAxis_MatchesTheReference()
    {
        foreach (var shape in Shapes)
            for (var axis = 0; axis < shape.Length; axis++)
            {
                var inputs = new OracleInputs(1, new Shape(shape));
                var along = axis;
                Oracle.Check(() => inputs[0].CumulativeSum(along), inputs.Parameters, maximumDifferences: 8);
                Oracle.Check(() => inputs[0].CumulativeSum(along) * inputs[0], inputs.Parameters, maximumDifferences: 8);
            }
    }

    [Fact]
    public void CumulativeLogSumExp_EachAxis_MatchesTheReference()
    {
        foreach (var shape in Shapes)
            for (var axis = 0; axis < shape.Length; axis++)
            {
                var inputs = new OracleInputs(2, new Shape(shape));
                var along = axis;
                Oracle.Check(() => inputs[0].CumulativeLogSumExp(along), inputs.Parameters, maximumDifferences: 8);
                Oracle.Check(() => inputs[0].CumulativeLogSumExp(along) * inputs[0], inputs.Parameters, maximumDifferences: 8);
            }
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Cumulative_WorkedExample_IsTheRunningSum(string backend)
    {
        Assert.Equal([1, 3, 6, 10], Backends.Values(backend, [1, 2, 3, 4], x => x.CumulativeSum()));
        Assert.Equal([4, 3, 2, 1], Backends.GradientOfSum(backend, [1, 2, 3, 4], x => x.CumulativeSum()));
        Assert.Equal([1, 2, 4, 6], Backends.Values(backend, [1, 2, 3, 4], x => x.Reshape(2, 2).CumulativeSum(0).Reshape(4)));
        Assert.Equal([0, (float)Math.Log(2), (float)Math.Log(3)], Backends.Values(backend, [0, 0, 0], x => x.CumulativeLogSumExp()), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void CumulativeLogSumExp_HugeAndInfinite_DoesNotOverflow(string backend)
    {
        const float None = float.NegativeInfinity;
        float[] x = [None, None, 500, 1000, None, -1000];
        var log2 = (float)(1000 + Math.Log(2));
        Assert.Equal([None, None, 500, 1000, 1000, 1000], Backends.Values(backend, x, t => t.CumulativeLogSumExp()));
        Assert.Equal([1000, log2, log2], Backends.Values(backend, [1000, 1000, -1000], t => t.CumulativeLogSumExp()), (a, b) => Math.Abs(a - b) < 1e-4);
        // 500 takes the gradient of its own place only, 1000 of the three from its own on.
        Assert.Equal([0, 0, 1, 3, 0, 0], Backends.GradientOfSum(backend, x, t => t.CumulativeLogSumExp()));
        Assert.Equal([0, 0], Backends.GradientOfSum(backend, [None, None], t => t.CumulativeLogSumExp()));
    }

    [Fact]
    public void CumulativeLogSumExp_LongLine_StaysAccurate()
    {
        var inputs = new OracleInputs(3, -8, 8, new Shape(5000));
        Oracle.Check(() => inputs[0].CumulativeLogSumExp(), inputs.Parameters, maximumDifferences: 0);
    }
}
