using CsCheck;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class GatherTests
{
    [Fact]
    public void Gather_VanishingAxis_AgreesWithTheReference()
    {
        foreach (var shape in new int[][] { [1], [17], [5, 3], [16, 4], [33, 2], [2, 3, 5], [2, 3, 4, 5], [0, 3] })
            for (var axis = 0; axis < shape.Length; axis++)
                if (shape[axis] > 0) Check(shape, axis, extent: -1, key: (ulong)axis);
    }

    [Fact]
    public void Gather_RandomShapes_AgreesWithTheReference() =>
        Gen.Select(Gen.Int[1, 6].Array[1, 4], Gen.Int[0, 3], Gen.Int[-1, 9], Gen.ULong).ForCases(100, drawn =>
        {
            var (shape, axis, extent, key) = drawn;
            Check(shape, axis % shape.Length, extent, key);
        });

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Gather_RepeatedIndex_AddsItsGradients(string backend)
    {
        Assert.Equal([0, 3, 1], Backends.GradientOfSum(backend, [1, 2, 3], x => x.Gather(Indices.From([1, 1, 2, 1], 4), axis: 0)));
        Assert.Equal([2, 0, 0, 1, 0, 1],
            Backends.GradientOfSum(backend, [1, 2, 3, 4, 5, 6], new Shape(2, 3), x => x.Gather(Indices.From([0, 0, 2, 0], 2, 2), axis: 1)));
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Gather_WorkedExample_PicksAlongTheAxis(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend), Gradient.None);
        var x = Tensor.From([1, 2, 3, 4, 5, 6], 2, 3);
        Assert.Equal([3, 4], Backends.Values(x.Gather(Indices.From([2, 0], 2))));
        Assert.Equal([4, 2, 6], Backends.Values(x.Gather(Indices.From([1, 0, 1], 3), axis: 0)));
        Assert.Equal([3, 3, 4, 5], Backends.Values(x.Gather(Indices.From([2, 2, 0, 1], 2, 2))));
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Gather_IndexOutsideTheAxis_Throws(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend), Gradient.None);
        var x = Tensor.Filled(1, 2, 3);
        var (below, above) = (Indices.From([0, -1], 2), Indices.From([3, 0], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Gather(below));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Gather(above));
    }

    [Fact]
    public void Gather_IndexShapeDoesNotFit_Throws()
    {
        using var step = Step.Begin(new ReferenceDevice());
        var x = Tensor.Filled(1, 2, 3);
        var index = Indices.From([0, 0, 0], 3);
        Assert.Throws<ArgumentException>(() => x.Gather(index));
    }

    private static void Check(int[] shape, int axis, int extent, ulong key)
    {
        var random = new Randomness(key);
        int[] wide = [.. shape.Select((n, i) => i == axis ? extent : n)];
        int[] indexShape = extent < 0 ? [.. shape.Where((_, i) => i != axis)] : wide;
        var picks = new int[new Shape(indexShape).Count];
        foreach (ref var pick in picks.AsSpan()) pick = random.NextInt(shape[axis]);
        var inputs = new OracleInputs(key, new Shape(shape));
        Oracle.Check(() => inputs[0].Gather(Indices.From(picks, indexShape), axis), inputs.Parameters, maximumDifferences: 16);
    }
}
