using CsCheck;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class SoftmaxTests
{
    private static readonly int[][] Shapes = [[1], [3], [5, 1], [3, 2], [4, 15], [2, 16], [3, 17], [2, 33], [2, 65], [33, 4], [2, 3, 5], [2, 1, 3, 4], [0, 3]];

    [Fact]
    public void LogSoftmax_NoMask_AgreesWithTheReference()
    {
        foreach (var shape in Shapes) Check(shape, legal: null, logarithm: true, key: 1);
    }

    [Fact]
    public void Softmax_NoMask_AgreesWithTheReference()
    {
        foreach (var shape in Shapes) Check(shape, legal: null, logarithm: false, key: 2);
    }

    [Fact]
    public void Both_RandomMasks_AgreeWithTheReference() =>
        Gen.Select(Gen.OneOf(Shapes), Gen.Bool, Gen.ULong).ForCases(150, drawn =>
        {
            var (shape, logarithm, key) = drawn;
            Check(shape, RandomMask(shape, key), logarithm, key);
        });

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Both_MaskedElements_AreTheSmallestNumberAndZeroAndGetNoGradient(string backend)
    {
        bool[] legal = [true, false, true, false, false, true];
        var inputs = new OracleInputs(3, new Shape(2, 3));
        using var step = Step.Begin(Backends.Open(backend));
        var mask = Mask.From(legal, 2, 3);
        var (logs, shares) = (inputs[0].LogSoftmax(mask), inputs[0].Softmax(mask));

        Backends.Backward((logs * Tensor.From([1, 2, 3, 4, 5, 6], 2, 3) + shares).Sum(), inputs.Parameters);

        for (var i = 0; i < legal.Length; i++)
        {
            Assert.Equal(!legal[i], Backends.Values(logs)[i] == float.MinValue);
            Assert.Equal(!legal[i], Backends.Values(shares)[i] == 0);
            if (!legal[i]) Assert.Equal(0, inputs.Parameters.All[0].Gradient[i]);
        }
        Assert.NotEqual(0, inputs.Parameters.All[0].Gradient[0]);
        Assert.Equal(1, Backends.Values(shares)[5]);                       // the only legal one of its row
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Both_HugeIllegalElement_DoesNotDisturbTheRow(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend), Gradient.None);
        var x = Tensor.From([1, 1e30f, 1, float.PositiveInfinity], 4);
        var mask = Mask.From([true, false, true, false], 4);
        Assert.Equal([0.5f, 0, 0.5f, 0], Backends.Values(x.Softmax(mask)), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal((float)Math.Log(0.5), Backends.Values(x.LogSoftmax(mask))[2], 1e-6f);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Both_RowWithoutLegalElement_Throws(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend));
        var x = Tensor.Filled(1, 2, 3);
        var mask = Mask.From([true, false, true, false, false, false], 2, 3);
        Assert.Throws<ArgumentException>(() => x.LogSoftmax(mask));
        Assert.Throws<ArgumentException>(() => x.Softmax(mask));
    }

    [Fact]
    public void Both_MaskOfAnotherShape_Throws()
    {
        using var step = Step.Begin(new ReferenceDevice());
        var x = Tensor.Filled(1, 2, 3);
        var mask = Mask.From([true, true, true], 3);
        Assert.Throws<ArgumentException>(() => x.LogSoftmax(mask));
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Entropy_WithMask_IsFinite(string backend)
    {
        var inputs = new OracleInputs(5, new Shape(2, 3));
        bool[] legal = [true, false, true, true, true, false];
        using var step = Step.Begin(Backends.Open(backend));
        var mask = Mask.From(legal, 2, 3);
        var entropy = -(inputs[0].Softmax(mask) * inputs[0].LogSoftmax(mask)).Sum(-1).Mean();

        Backends.Backward(entropy, inputs.Parameters);

        Assert.InRange(entropy.Item(), 0, (float)Math.Log(2) + 1e-6f);
        Assert.All(inputs.Parameters.Gradients.ToArray(), gradient => Assert.True(float.IsFinite(gradient)));
    }

    private static void Check(int[] shape, bool[]? legal, bool logarithm, ulong key)
    {
        var inputs = new OracleInputs(key, -4, 4, new Shape(shape));
        Oracle.Check(() =>
        {
            var mask = legal is null ? default : Mask.From(legal, shape);
            return logarithm ? inputs[0].LogSoftmax(mask) : inputs[0].Softmax(mask);
        }, inputs.Parameters, maximumDifferences: 24);
    }

    private static bool[] RandomMask(int[] shape, ulong key)
    {
        var random = new Randomness(key);
        var legal = new bool[new Shape(shape).Count];
        foreach (ref var element in legal.AsSpan()) element = random.NextInt(2) == 0;
        for (var row = 0; row < legal.Length; row += shape[^1]) legal[row + random.NextInt(shape[^1])] = true;
        return legal;
    }
}
