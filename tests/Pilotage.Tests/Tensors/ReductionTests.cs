using CsCheck;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class ReductionTests
{
    private delegate Tensor Reduced(Tensor x, ReadOnlySpan<int> axes);

    private static readonly Dictionary<string, Reduced> Functions = new()
    {
        ["sum"] = (x, axes) => x.Sum(axes),
        ["mean"] = (x, axes) => x.Mean(axes),
        ["max"] = (x, axes) => x.Max(axes),
        ["min"] = (x, axes) => x.Min(axes),
        ["log-sum-exp"] = (x, axes) => x.LogSumExp(axes),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Reduce_EverySubsetOfAxes_AgreesWithTheReference(string name)
    {
        foreach (var shape in new int[][] { [17], [5, 17], [16, 3], [3, 4, 5], [2, 3, 4, 5], [2, 1, 3, 2, 2], [1, 2, 2, 1, 2, 3] })
            for (var bits = 1; bits < 1 << shape.Length; bits++)
                Check(name, shape, [.. Enumerable.Range(0, shape.Length).Where(axis => (bits >> axis & 1) != 0)], key: (ulong)bits);
    }

    [Theory, MemberData(nameof(Names))]
    public void Reduce_OddSizes_AgreesWithTheReference(string name)
    {
        foreach (var size in new[] { 1, 3, 15, 16, 17, 33, 65, 257 })
        {
            Check(name, [size], [0], key: 1);
            Check(name, [3, size], [-1], key: 2);
            Check(name, [size, 3], [-2], key: 3);
            Check(name, [size, 5], [], key: 4);
            Check(name, [2, size, 3], [1], key: 5);
        }
        Check(name, [], [], key: 6);
    }

    [Fact]
    public void Reduce_RandomShapes_AgreesWithTheReference() =>
        Gen.Select(Gen.OneOf([.. Functions.Keys]), Gen.Int[1, 4].Array[1, 5], Gen.Int[0, 31], Gen.ULong)
            .ForCases(150, drawn =>
        {
            var (name, shape, bits, key) = drawn;
            Check(name, shape, [.. Enumerable.Range(0, shape.Length).Where(axis => (bits >> axis & 1) != 0)], key);
        });

    [Fact]
    public void Sum_EmptyAxis_IsZero()
    {
        var inputs = new OracleInputs(1, new Shape(3, 0));
        var report = Oracle.Check(() => inputs[0].Sum(1), inputs.Parameters);
        Assert.Equal(3, report.Values);
        Oracle.Check(() => inputs[0].Sum(), inputs.Parameters);
        Oracle.Check(() => inputs[0].Sum(0), inputs.Parameters);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void LogSumExp_OfNothing_IsMinusInfinityWithoutGradient(string backend)
    {
        const float None = float.NegativeInfinity;
        using (Step.Begin(Backends.Open(backend), Gradient.None))
        {
            Assert.Equal([None, None, None], Backends.Values(Tensor.Filled(1, 3, 0).LogSumExp(1)));
            Assert.Equal([None, None], Backends.Values(Tensor.Filled(1, 0, 2, 0).LogSumExp(0, 2)));
            Assert.Equal([None], Backends.Values(Tensor.Filled(1, 0).LogSumExp()));
        }
        Assert.Equal([0, 0, 1, 0], Backends.GradientOfSum(backend, [None, None, 2, None], new Shape(2, 2), x => x.LogSumExp(1)));
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Min_EqualElements_FirstTakesTheGradient(string backend)
    {
        Assert.Equal([1, 3], Backends.Values(backend, [5, 1, 7, 3], x => x.Reshape(2, 2).Min(1)));
        Assert.Equal([0, 1, 1, 0], Backends.GradientOfSum(backend, [5, 1, 3, 3], new Shape(2, 2), x => x.Min(1)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Reduce_OtherAxisEmpty_GivesNoElements(string name)
    {
        var inputs = new OracleInputs(1, new Shape(3, 0));
        var report = Oracle.Check(() => Functions[name](inputs[0], [0]), inputs.Parameters);
        Assert.Equal(0, report.Values);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Max_EqualElements_FirstTakesTheGradient(string backend)
    {
        Assert.Equal([0, 1, 0, 0], Backends.GradientOfSum(backend, [1, 5, 5, 2], x => x.Max()));
        Assert.Equal([1, 0, 0, 1, 0, 0], Backends.GradientOfSum(backend, [7, 1, 7, 3, 3, 2], new Shape(2, 3), x => x.Max(1)));
        Assert.Equal([1, 1, 0, 0, 0, 1], Backends.GradientOfSum(backend, [4, 4, 1, 4, 1, 9], new Shape(2, 3), x => x.Max(0)));
        var long17 = new float[40];
        (long17[18], long17[35]) = (3, 3);
        Assert.Equal(18, Array.IndexOf(Backends.GradientOfSum(backend, long17, x => x.Max()), 1));
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void LogSumExp_HugeElements_DoesNotOverflow(string backend)
    {
        var values = Backends.Values(backend, [1000, 1000, -1000], x => x.LogSumExp());
        Assert.Equal(1000 + Math.Log(2), values[0], 1e-3);
        Assert.Equal([0.5f, 0.5f, 0], Backends.GradientOfSum(backend, [1000, 1000, -1000], x => x.LogSumExp()), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Sum_AxisTwice_CountsOnce()
    {
        var inputs = new OracleInputs(1, new Shape(3, 4));
        using var step = Step.Begin(new ReferenceDevice());
        Assert.Equal(new Shape(4), inputs[0].Sum(0, -2).Shape);
    }

    private static void Check(string name, int[] shape, int[] axes, ulong key)
    {
        var inputs = new OracleInputs(key, new Shape(shape));
        Oracle.Check(() => Functions[name](inputs[0], axes), inputs.Parameters, maximumDifferences: 16);
    }
}
