using CsCheck;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class ViewTests
{
    [Fact]
    public void Reshape_KnownAndOpenExtents_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(1, new Shape(4, 6));
        Oracle.Check(() => inputs[0].Reshape(24), inputs.Parameters);
        Oracle.Check(() => inputs[0].Reshape(2, 1, -1, 3), inputs.Parameters);
        Oracle.Check(() => inputs[0].Reshape(-1, 8).Sum(0), inputs.Parameters);
        var empty = new OracleInputs(2, new Shape(0, 3));
        Oracle.Check(() => empty[0].Reshape(3, 0, 5), empty.Parameters);
    }

    [Fact]
    public void Reshape_OtherNumberOfElements_Throws()
    {
        using var step = Step.Begin(new ReferenceDevice());
        var x = Tensor.Filled(1, 4, 6);
        Assert.Throws<ArgumentException>(() => x.Reshape(5, 5));
        Assert.Throws<ArgumentException>(() => x.Reshape(5, -1));
    }

    [Fact]
    public void Transpose_AnyPairOfAxes_AgreesWithTheReference()
    {
        foreach (var shape in new int[][] { [1, 1], [3, 5], [17, 33], [16, 1], [2, 3, 4], [2, 3, 4, 5], [2, 1, 3, 2, 2], [0, 3] })
            for (var first = 0; first < shape.Length; first++)
                for (var second = 0; second < shape.Length; second++)
                {
                    var inputs = new OracleInputs(3, new Shape(shape));
                    var (a, b) = (first, second - shape.Length);
                    Oracle.Check(() => inputs[0].Transpose(a, b), inputs.Parameters, maximumDifferences: 8);
                }
    }

    [Fact]
    public void Transpose_BeforeOtherOperators_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(4, new Shape(5, 17), new Shape(17, 5), new Shape(17, 3), new Shape(3));
        Oracle.Check(() => inputs[0].Transpose() * inputs[1], inputs.Parameters);
        Oracle.Check(() => inputs[0].Transpose().Sum(0), inputs.Parameters);
        Oracle.Check(() => inputs[0].Transpose().LogSumExp(-1), inputs.Parameters);
        Oracle.Check(() => inputs[0].Transpose().LogSoftmax(), inputs.Parameters);
        Oracle.Check(() => inputs[0].Transpose().Reshape(5, 17), inputs.Parameters);
        Oracle.Check(() => inputs[1].Transpose().Linear(inputs.Parameters.All[2], inputs.Parameters.All[3], Activation.Tanh), inputs.Parameters);
        Oracle.Check(() => inputs[1].Transpose().MatMul(inputs[0].Transpose()), inputs.Parameters);
        Oracle.Check(() => inputs[0].Transpose().Slice(0, 3, 9).Tanh(), inputs.Parameters);
    }

    [Fact]
    public void Slice_EachAxis_AgreesWithTheReference()
    {
        foreach (var shape in new int[][] { [1], [17], [5, 33], [3, 4, 5], [2, 3, 4, 5] })
            for (var axis = 0; axis < shape.Length; axis++)
                foreach (var (start, length) in new[] { (0, shape[axis]), (shape[axis] / 2, shape[axis] - shape[axis] / 2), (shape[axis] - 1, 1), (0, 0) })
                {
                    var inputs = new OracleInputs(5, new Shape(shape));
                    var along = axis;
                    Oracle.Check(() => inputs[0].Slice(along, start, length), inputs.Parameters, maximumDifferences: 8);
                }
    }

    // Rows of every length that is copied in another way: alone, as four lanes, as sixteen, as a block; narrower than what they come from, so that the neighbours must stay.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    public void SliceConcatAndExpand_RowsOfEachLength_MoveTheirElementsAlone(int length)
    {
        var inputs = new OracleInputs(9, new Shape(7, length + 2), new Shape(7, 3), new Shape(2, 3, length + 1), new Shape(5, 1), new Shape(1, length));
        Oracle.Check(() => inputs[0].Slice(1, 1, length), inputs.Parameters, maximumDifferences: 8);
        Oracle.Check(() => inputs[0].Slice(1, 0, length) * inputs[0].Slice(1, 2, length), inputs.Parameters, maximumDifferences: 8);
        Oracle.Check(() => Tensor.Concat(1, inputs[1], inputs[0].Slice(1, 0, length), inputs[1]), inputs.Parameters, maximumDifferences: 8);
        Oracle.Check(() => inputs[2].Slice(2, 1, length).Transpose(0, 1), inputs.Parameters, maximumDifferences: 8);
        Oracle.Check(() => inputs[3].Expand(5, length) * inputs[4].Expand(5, length), inputs.Parameters, maximumDifferences: 8);
        Oracle.Check(() => inputs[3] * inputs[4], inputs.Parameters, maximumDifferences: 8);
    }

    [Fact]
    public void Slice_OverlappingParts_AddTheirGradients()
    {
        var inputs = new OracleInputs(6, new Shape(7));
        Oracle.Check(() => inputs[0].Slice(0, 0, 5) * inputs[0].Slice(0, 2, 5), inputs.Parameters);
    }

    [Fact]
    public void Slice_LeavesTheAxis_Throws()
    {
        using var step = Step.Begin(new ReferenceDevice());
        var x = Tensor.Filled(1, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Slice(0, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Slice(0, -1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Slice(1, 0, 1));
    }

    [Fact]
    public void Concat_EachAxis_AgreesWithTheReference()
    {
        foreach (var axis in new[] { 0, 1, 2, -1 })
        {
            var shape = new Shape(2, 3, 5);
            var inputs = new OracleInputs(7, shape.With(axis, 1), shape.With(axis, 4), shape.With(axis, 0), shape.With(axis, 17));
            Oracle.Check(() => Tensor.Concat(axis, inputs[0], inputs[1], inputs[2], inputs[3], inputs[1]), inputs.Parameters, maximumDifferences: 32);
            Oracle.Check(() => Tensor.Concat(axis, inputs[1]), inputs.Parameters, maximumDifferences: 8);
        }
    }

    [Fact]
    public void StackAndPad_EachAxis_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(8, new Shape(2, 3, 5), new Shape(2, 3, 5), new Shape(0, 3), new Shape([]));
        for (var axis = -4; axis <= 3; axis++)
        {
            var along = axis;
            Oracle.Check(() => Tensor.Stack(along, inputs[0], inputs[1], inputs[0]), inputs.Parameters, maximumDifferences: 8);
            if (axis is >= -3 and < 3) Oracle.Check(() => inputs[0].Pad(along, 2, 1, 0.5f), inputs.Parameters, maximumDifferences: 8);
        }
        Oracle.Check(() => Tensor.Stack(-1, inputs[3], inputs[3]), inputs.Parameters);
        Oracle.Check(() => inputs[2].Pad(0, 0, 1), inputs.Parameters);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void StackAndPad_WorkedExample_PutElements(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend), Gradient.None);
        var (a, b) = (Tensor.From([1, 2], 2), Tensor.From([3, 4], 2));
        Assert.Equal([1, 2, 3, 4], Backends.Values(Tensor.Stack(0, a, b)));
        Assert.Equal([1, 3, 2, 4], Backends.Values(Tensor.Stack(-1, a, b)));
        Assert.Equal([9, 1, 2, 9, 9], Backends.Values(a.Pad(0, 1, 2, 9)));
    }

    [Fact]
    public void Concat_PartsDoNotFit_Throws()
    {
        using var step = Step.Begin(new ReferenceDevice());
        var (a, b) = (Tensor.Filled(1, 2, 3), Tensor.Filled(1, 3, 3));
        Assert.Throws<ArgumentException>(() => Tensor.Concat(1, a, b));
        Assert.Throws<ArgumentException>(() => Tensor.Concat(1));
    }

    [Fact]
    public void Views_RandomChains_AgreeWithTheReference() =>
        Gen.Select(Gen.Int[1, 5].Array[2, 4], Gen.Int[0, 1000].Array[4], Gen.ULong).ForCases(60, drawn =>
        {
            var (shape, choices, key) = drawn;
            var inputs = new OracleInputs(key, new Shape(shape));
            Oracle.Check(() => choices.Aggregate(inputs[0], View), inputs.Parameters, maximumDifferences: 12);
        });

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Views_WorkedExample_MoveElements(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend), Gradient.None);
        var x = Tensor.From([1, 2, 3, 4, 5, 6], 2, 3);
        Assert.Equal([1, 4, 2, 5, 3, 6], Backends.Values(x.Transpose()));
        Assert.Equal([1, 2, 3, 4, 5, 6], Backends.Values(x.Reshape(3, 2)));
        Assert.Equal([2, 3, 5, 6], Backends.Values(x.Slice(1, 1, 2)));
        Assert.Equal([1, 2, 3, 3, 4, 5, 6, 6], Backends.Values(Tensor.Concat(1, x, x.Slice(1, 2, 1))));
    }

    private static Tensor View(Tensor x, int choice)
    {
        var axis = choice / 4 % x.Shape.Rank;
        return (choice % 4) switch
        {
            0 => x.Transpose(axis, choice / 16 % x.Shape.Rank),
            1 => x.Slice(axis, choice % x.Shape[axis], x.Shape[axis] - choice % x.Shape[axis]),
            2 => Tensor.Concat(axis, x, x.Slice(axis, 0, 1)),
            _ => x.Shape.Rank < Shape.MaximumRank ? x.Reshape(1, -1).Square() : x.Reshape(-1, 1),
        };
    }
}
