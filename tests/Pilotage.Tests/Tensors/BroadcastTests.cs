using CsCheck;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class BroadcastTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Functions = new()
    {
        ["add"] = (a, b) => a + b,
        ["subtract"] = (a, b) => a - b,
        ["multiply"] = (a, b) => a * b,
        ["divide"] = (a, b) => a / b,
        ["minimum"] = Tensor.Minimum,
        ["maximum"] = Tensor.Maximum,
        ["where greater"] = (a, b) => Tensor.Where(a.IsGreater(b), a * 2, b * 3),
        ["where less"] = (a, b) => Tensor.Where(a.IsLess(b), a * 2, b * 3),
    };

    private static readonly (int[] Left, int[] Right)[] Pairs =
    [
        ([1], [1]), ([3], [3]), ([15], [15]), ([16], [16]), ([17], [17]), ([33], [33]), ([65], [65]),
        ([17], []), ([], [17]), ([], []), ([1], [17]),                                   // scalars
        ([5, 17], [17]), ([17], [5, 17]), ([5, 17], [1, 17]), ([3, 16], [16]),           // rows
        ([5, 17], [5, 1]), ([5, 1], [5, 17]), ([16, 33], [16, 1]),                       // columns
        ([5, 1], [1, 7]), ([5, 1], [7]), ([1, 33], [3, 1]), ([4, 1, 5], [1, 3, 1]),     // both sides
        ([2, 3, 5], [5]), ([2, 3, 5], [3, 5]), ([2, 3, 5], [2, 1, 1]), ([2, 3, 5], [1, 3, 1]), ([2, 1, 5], [3, 1]), ([2, 3, 5], [2, 1, 5]),
        ([2, 3, 4, 5], [3, 1, 5]), ([2, 1, 4, 1], [1, 3, 1, 5]), ([2, 1, 2, 1, 3], [2, 1, 2, 1]), ([1, 2, 1, 2, 1, 2], [2, 1, 2, 1, 2, 1]),
        ([0], [0]), ([0], [1]), ([3, 0], [3, 1]), ([0, 3], [3]), ([2, 0, 3], []),        // nothing
    ];

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Binary_AllKindsOfBroadcast_AgreesWithTheReference(string name)
    {
        foreach (var (left, right) in Pairs) Check(name, left, right, key: 1);
    }

    [Fact]
    public void Binary_RandomShapes_AgreesWithTheReference() =>
        Gen.Select(Gen.OneOf([.. Functions.Keys]), Gen.Int[0, 5].Array[0, 5], Gen.Bool.Array[5], Gen.Bool.Array[5], Gen.Int[0, 4], Gen.ULong)
            .ForCases(150, drawn =>
            {
                var (name, shape, stretchLeft, stretchRight, drop, key) = drawn;
                int[] left = [.. shape.Select((extent, i) => stretchLeft[i] ? 1 : extent)];
                int[] right = [.. shape.Select((extent, i) => stretchRight[i] ? 1 : extent).Skip(Math.Min(drop, shape.Length))];
                Check(name, left, right, key);
            });

    [Theory, MemberData(nameof(Names))]
    public void Binary_WithoutACopy_HasTheBitsOfTheCopy(string name)
    {
        // Without factors: three times a sum is not the sum of three times its terms.
        var function = name.StartsWith("where", StringComparison.Ordinal) ? (a, b) => Tensor.Where(a.IsGreater(b), a, b) : Functions[name];
        foreach (var (left, right) in Pairs)
        {
            var inputs = new OracleInputs(2, 0.3, 3, new Shape(left), new Shape(right));
            var shape = new int[Shape.Broadcast(new(left), new(right)).Rank];
            Shape.Broadcast(new(left), new(right)).CopyTo(shape);
            Assert.Equal(Bits((a, b) => function(a.Expand(shape), b.Expand(shape))), Bits(function));

            float[] Bits(Func<Tensor, Tensor, Tensor> whole)
            {
                using var step = Step.Begin();
                inputs.Parameters.ClearGradients();
                var result = whole(inputs[0], inputs[1]);
                // Used before and after, so that gradients are added to ones that are there.
                Backends.Backward((result.Square() + inputs[0] * inputs[1]).Sum() + inputs[0].Sum() + inputs[1].Sum(), inputs.Parameters);
                return [.. Backends.Values(result), .. inputs.Parameters.Gradients];
            }
        }
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void MinimumAndMaximum_EqualElements_ShareTheGradient(string backend)
    {
        var inputs = new OracleInputs(0, 0, 0, new Shape(3), new Shape(3));
        new float[] { 1, 2, 3 }.CopyTo(inputs.Parameters.All[0].Values);
        new float[] { 2, 2, 2 }.CopyTo(inputs.Parameters.All[1].Values);
        using var step = Step.Begin(Backends.Open(backend));

        Backends.Backward(Tensor.Minimum(inputs[0], inputs[1]).Sum() + 10 * Tensor.Maximum(inputs[0], inputs[1]).Sum(), inputs.Parameters);

        Assert.Equal([1, 5.5f, 10], inputs.Parameters.All[0].Gradient.ToArray());
        Assert.Equal([10, 5.5f, 1], inputs.Parameters.All[1].Gradient.ToArray());
    }

    [Fact]
    public void Binary_ShapesDoNotBroadcast_ThrowsAndNamesBoth()
    {
        var inputs = new OracleInputs(0, new Shape(3), new Shape(4));
        using var step = Step.Begin(new ReferenceDevice());
        var (a, b) = (inputs[0], inputs[1]);
        var exception = Assert.Throws<ArgumentException>(() => a + b);
        Assert.Contains("[3] and [4]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_EachOperandBroadcasts_AgreesWithTheReference()
    {
        bool[] row = [true, false, true, true, false];
        bool[] column = [false, true, true];
        var inputs = new OracleInputs(3, new Shape(3, 5), new Shape(5), new Shape(3, 1), new Shape([]));
        Oracle.Check(() => Tensor.Where(Mask.From(row, 5), inputs[0], inputs[2]), inputs.Parameters);
        Oracle.Check(() => Tensor.Where(Mask.From(column, 3, 1), inputs[1], inputs[3]), inputs.Parameters);
        Oracle.Check(() => Tensor.Where(Mask.From(column, 3, 1), inputs[3], inputs[0]), inputs.Parameters);
        Oracle.Check(() => Tensor.Where(Mask.From(row, 5), inputs[3], inputs[3] * 2), inputs.Parameters);
        Oracle.Check(() => Tensor.Where(Mask.From([true]), inputs[2], inputs[1]), inputs.Parameters);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Compare_EqualElements_AreNeitherGreaterNorLess(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend), Gradient.None);
        var (a, b) = (Tensor.From([1, 2, 3], 3), Tensor.From([2, 2, 2], 3));
        var (yes, no) = (Tensor.Filled(1), Tensor.Filled(0));
        Assert.Equal([0, 0, 1], Backends.Values(Tensor.Where(a.IsGreater(b), yes, no)));
        Assert.Equal([1, 0, 0], Backends.Values(Tensor.Where(a.IsLess(b), yes, no)));
    }

    private static void Check(string name, int[] left, int[] right, ulong key)
    {
        // Above 0.3: divisors stay away from 0, and both orders of every comparison occur.
        var inputs = new OracleInputs(key, 0.3, 3, new Shape(left), new Shape(right));
        Oracle.Check(() => Functions[name](inputs[0], inputs[1]), inputs.Parameters, maximumDifferences: 24);
    }
}
