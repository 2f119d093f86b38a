using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

/// <summary>The exact words of every mistake that a user of tensors can make: operation, operands, what was wanted and got.</summary>
public sealed class TensorErrorTests
{
    private static readonly OracleInputs Inputs = new(1, new Shape(4, 5));

    private static readonly (string Name, Func<Tensor> Call, string Message)[] Mistakes =
    [
        ("add", () => Ones(3) + Ones(4), "Add: shapes [3] and [4] do not broadcast: extents 3 and 4 differ and neither is 1."),
        ("minimum", () => Tensor.Minimum(Ones(2, 3), Ones(2)), "Minimum: shapes [2, 3] and [2] do not broadcast: extents 3 and 2 differ and neither is 1."),
        ("where", () => Tensor.Where(Mask.From([true, false], 2), Ones(3), Ones(3)), "Where: shapes [3] and [2] do not broadcast: extents 3 and 2 differ and neither is 1."),
        ("compare", () => Tensor.Where(Ones(2).IsLess(Ones(3)), Ones(3), Ones(3)), "Less: shapes [2] and [3] do not broadcast: extents 2 and 3 differ and neither is 1."),
        ("matmul", () => Ones(2, 3).MatMul(Ones(4, 5)), "MatMul: [2, 3] and [4, 5] do not fit; wanted [..., m, k] and [..., k, n]. (Parameter 'right')"),
        ("matmul transposed", () => Ones(2, 3).MatMulTransposed(Ones(3, 5)), "MatMul: [2, 3] and [3, 5] transposed do not fit; wanted [..., m, k] and [..., k, n]. (Parameter 'right')"),
        ("matmul of vectors", () => Ones(3).MatMul(Ones(3)), "MatMul: [3] and [3] do not fit; wanted [..., m, k] and [..., k, n]. (Parameter 'right')"),
        ("linear", () => Ones(2, 3).Linear(Inputs.Parameters.All[0], null), "Linear: input [2, 3], weight input0 [4, 5], bias none do not fit; wanted [..., in], [in, out], [out]."),
        ("log-softmax mask", () => Ones(2, 3).LogSoftmax(Mask.From([true, true, true], 3)), "LogSoftmax: mask [3] does not have the tensor's shape [2, 3]. (Parameter 'legal')"),
        ("softmax row", () => Ones(2, 2).Softmax(Mask.From([true, false, false, false], 2, 2)), "Softmax: row 1 of the mask [2, 2] has no legal element; each row needs at least one. (Parameter 'mask')"),
        ("gather shape", () => Ones(2, 3).Gather(Indices.From([0, 0, 0], 3)), "Gather: index [3] does not fit [2, 3] along axis -1; wanted [2], or [2, 3] with any extent on that axis. (Parameter 'index')"),
        ("gather index", () => Ones(2, 3).Gather(Indices.From([0, 3], 2)), "Gather: index 3 at place 1 lies outside axis 1 of [2, 3]; allowed are 0 to 2. (Parameter 'index')"),
        ("gather from nothing", () => Ones(2, 0).Gather(Indices.From([0, 0], 2)), "Gather: index 0 at place 0 lies outside axis 1 of [2, 0]; allowed is none. (Parameter 'index')"),
        ("scatter shape", () => Ones(2, 3).ScatterAdd(Indices.From([0, 0], 2), 1, 4), "ScatterAdd: index [2] does not have the tensor's shape [2, 3]. (Parameter 'index')"),
        ("scatter index", () => Ones(3).ScatterAdd(Indices.From([0, -1, 1], 3), 0, 2), "ScatterAdd: index -1 at place 1 lies outside axis 0 of [2]; allowed are 0 to 1. (Parameter 'index')"),
        ("scatter extent", () => Ones(3).ScatterAdd(Indices.From([0, 0, 0], 3), 0, -2), "ScatterAdd: the extent is -2; it must be at least 0. (Parameter 'extent')"),
        ("expand", () => Ones(3).Expand(3, 4), "Expand: shapes [3] and [3, 4] do not broadcast: extents 3 and 4 differ and neither is 1."),
        ("expand smaller", () => Ones(3, 4).Expand(4), "Expand: [3, 4] does not broadcast to [4]. (Parameter 'shape')"),
        ("layer norm", () => Ones(2, 4).LayerNorm(Ones(3)), "LayerNorm: gain or shift [3] does not fit the last axis of [2, 4]; wanted [4]."),
        ("rms norm of a scalar", () => Ones().RmsNorm(), "RmsNorm: a scalar has no axis to normalise over."),
        ("recur", () => Ones(2, 6).Recur(Ones(2, 6), Ones(2, 3)), "Recur: gates [2, 6] and [2, 6], state [2, 3] do not fit; wanted twice [rows, 3 n] and [rows, n]."),
        ("cumulative axis", () => Ones(2, 3).CumulativeSum(2), "CumulativeSum: [2, 3] has no axis 2; allowed are -2 to 1. (Parameter 'axis')"),
        ("cumulative scalar", () => Ones().CumulativeLogSumExp(), "CumulativeLogSumExp: [] has no axis -1; a scalar has none. (Parameter 'axis')"),
        ("sum axis", () => Ones(2, 3).Sum(0, -3), "Sum: [2, 3] has no axis -3; allowed are -2 to 1. (Parameter 'axis')"),
        ("mean of none", () => Ones(3, 0).Mean(1), "Mean: axis 1 of [3, 0] is empty, and of no elements there is none; leave empty tensors out. (Parameter 'axes')"),
        ("mean of all of none", () => Ones(0, 3).Mean(), "Mean: axis 0 of [0, 3] is empty, and of no elements there is none; leave empty tensors out. (Parameter 'axes')"),
        ("max of none", () => Ones(3, 0).Max(-1), "Max: axis 1 of [3, 0] is empty, and of no elements there is none; leave empty tensors out. (Parameter 'axes')"),
        ("min of none", () => Ones(0).Min(), "Min: axis 0 of [0] is empty, and of no elements there is none; leave empty tensors out. (Parameter 'axes')"),
        ("reshape", () => Ones(4, 6).Reshape(5, 5), "Reshape: [4, 6] has 24 elements, [5, 5] has 25. (Parameter 'shape')"),
        ("reshape open", () => Ones(4, 6).Reshape(5, -1), "Reshape: [4, 6] has 24 elements, [5, 4] has 20. (Parameter 'shape')"),
        ("reshape huge", () => Ones(4, 6).Reshape(1 << 20, -1, 1 << 20), "A tensor has at most 2147483647 elements; [1048576, 1, 1048576] has more. (Parameter 'extents')"),
        ("reshape deep", () => Ones(1).Reshape(1, 1, 1, 1, 1, 1, -1), "A tensor has at most 6 axes; got 7. (Parameter 'extents')"),
        ("transpose", () => Ones(3).Transpose(), "Transpose: [3] has no axis -2; allowed are -1 to 0. (Parameter 'axis')"),
        ("slice", () => Ones(4).Slice(0, 2, 3), "Slice: 3 places from 2 leave axis 0 of [4], which has 4. (Parameter 'start')"),
        ("slice overflow", () => Ones(4).Slice(0, 2, int.MaxValue), "Slice: 2147483647 places from 2 leave axis 0 of [4], which has 4. (Parameter 'start')"),
        ("slice far", () => Ones(4).Slice(0, int.MaxValue, 2), "Slice: 2 places from 2147483647 leave axis 0 of [4], which has 4. (Parameter 'start')"),
        ("concat", () => Tensor.Concat(1, Ones(2, 3), Ones(3, 3)), "Concat: part 1 [3, 3] does not fit [2, 3]; only axis 1 may differ. (Parameter 'parts')"),
        ("concat nothing", () => Tensor.Concat(1), "Concat: at least one tensor. (Parameter 'parts')"),
        ("stack", () => Tensor.Stack(0, Ones(2), Ones(3)), "Stack: part 1 [3] does not have the first part's shape [2]. (Parameter 'parts')"),
        ("stack axis", () => Tensor.Stack(3, Ones(2), Ones(2)), "Stack: there is no place 3 for a new axis of [2]; allowed are -2 to 1. (Parameter 'axis')"),
        ("pad", () => Ones(2).Pad(0, -1, 0), "Pad: the borders are -1 and 0; they must be at least 0. (Parameter 'before')"),
        ("from", () => Tensor.From([1, 2], 3), "From: 2 values do not fill [3]; wanted 3. (Parameter 'values')"),
        ("negative extent", () => Ones(2, -3), "Extent 1 of [2, -3] is -3; it must be at least 0. (Parameter 'extents')"),
        ("too many elements", () => Ones(0, 65536, 65536), "A tensor has at most 2147483647 elements; [0, 65536, 65536] has more. (Parameter 'extents')"),
        ("far too many elements", () => Ones(int.MaxValue, int.MaxValue, int.MaxValue), "A tensor has at most 2147483647 elements; [2147483647, 2147483647, 2147483647] has more. (Parameter 'extents')"),
        ("clamp", () => Ones(2).Clamp(1, 0), "Clamp: the limits are 1 and 0; the lower must not exceed the upper."),
    ];

    public static TheoryData<string> Names => [.. Mistakes.Select(mistake => mistake.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Mistake_OfAnyKind_IsExplained(string name)
    {
        var (_, call, message) = Mistakes.Single(mistake => mistake.Name == name);
        using var step = Step.Begin();
        Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(() => call()).Message);
    }

    [Fact]
    public void Orders_OfNothing_AreExplained()
    {
        using var step = Step.Begin();
        Assert.Equal("ArgMax: axis 1 of [2, 0] is empty, and of no elements there is none; leave empty tensors out.", Assert.Throws<ArgumentException>(() => Ones(2, 0).ArgMax()).Message);
        Assert.Equal("TopK: 4 places asked of the last axis of [2, 3]; allowed are 0 to 3. (Parameter 'count')", Assert.Throws<ArgumentOutOfRangeException>(() => Ones(2, 3).TopK(4)).Message);
        Assert.Equal("Sorted: a scalar has no axis to order.", Assert.Throws<ArgumentException>(() => Ones().Sorted()).Message);
    }

    [Fact]
    public void Handles_OfAnEndedStep_NameTheirOperation()
    {
        Tensor tensor;
        (Mask Given, Mask Compared, Mask Combined) masks;
        (Indices Given, Indices Ordered) indices;
        using (Step.Begin())
        {
            tensor = Ones(2).CumulativeSum();
            masks = (Mask.From([true, false], 2), Ones(2).IsGreater(Ones(2)), !Mask.From([true, false], 2));
            indices = (Indices.From([0, 1], 2), Ones(2).Sorted());
        }
        const string Object = "\nObject name: '";
        using (Step.Begin())
        {
            // Other operations in the same places: the name must not come from them.
            var x = Ones(2).Exp().Sin().Cos().Tanh();
            string Stale(Action use) => Assert.Throws<ObjectDisposedException>(use).Message.ReplaceLineEndings("\n").Split(Object)[0];
            Assert.Equal("The step of this tensor has ended; it was made by CumulativeSum. Take values out with Item or CopyTo before the step ends.", Stale(() => _ = tensor + x));
            Assert.Equal("The step of this mask has ended; it was made by Mask.From. Take booleans out with CopyTo before the step ends.", Stale(() => x.Softmax(masks.Given)));
            Assert.Equal("The step of this mask has ended; it was made by Greater. Take booleans out with CopyTo before the step ends.", Stale(() => Tensor.Where(masks.Compared, x, x)));
            Assert.Equal("The step of this mask has ended; it was made by Not. Take booleans out with CopyTo before the step ends.", Stale(() => _ = masks.Combined.Shape));
            Assert.Equal("The step of these indices has ended; they were made by Indices.From. Take integers out with CopyTo before the step ends.", Stale(() => x.Gather(indices.Given)));
            Assert.Equal("The step of these indices has ended; they were made by Order. Take integers out with CopyTo before the step ends.", Stale(() => x.Gather(indices.Ordered)));
            Assert.Equal("This is the default tensor; it never had a step.", Stale(() => default(Tensor).Exp()));
            Assert.Equal("This is the default mask, which stands for none; it never had a step.", Stale(() => Tensor.Where(default, x, x)));
            Assert.Equal("These are the default indices; they never had a step.", Stale(() => x.Gather(default)));
        }
    }

    [Fact]
    public void Handles_OfAnotherStepOrBackend_NameBoth()
    {
        using var outer = Step.Begin();
        var (x, mask, picks) = (Ones(2).Exp(), Ones(2).IsLess(Ones(2)), Indices.From([0, 1], 2));
        using (Step.Begin(new ReferenceDevice()))
        {
            var y = Ones(2);
            static string Foreign(Action use) => Assert.Throws<InvalidOperationException>(use).Message;
            Assert.Equal("Exp belongs to another step (cpu) than the operation's first operand (reference); take values across with CopyTo and From.", Foreign(() => _ = y + x));
            Assert.Equal("Less belongs to another step (cpu) than the operation's first operand (reference); take values across with CopyTo and From.", Foreign(() => y.Softmax(mask)));
            Assert.Equal("Indices.From belongs to another step (cpu) than the operation's first operand (reference); take values across with CopyTo and From.", Foreign(() => y.Gather(picks)));
        }
        using (Step.Begin())
            Assert.Equal("Exp belongs to another step (cpu) than the operation's first operand (cpu); take values across with CopyTo and From.", Assert.Throws<InvalidOperationException>(() => Ones(2) * x).Message);
    }

    [Fact]
    public void Backward_WhereThereIsNone_IsExplained()
    {
        var inputs = new OracleInputs(1, new Shape(3));
        var optimizer = new Sgd(inputs.Parameters, 0.1);
        using (Step.Begin(gradient: Gradient.None))
            Assert.Equal("This step was begun without gradients; begin it with Gradient.Recorded to descend in it.", Assert.Throws<InvalidOperationException>(() => optimizer.Descend(inputs[0].Sum())).Message);
        using (Step.Begin())
            Assert.Equal("The loss has shape [3]; reduce it to one number, for example with Mean(). (Parameter 'loss')", Assert.Throws<ArgumentException>(() => optimizer.Descend(inputs[0])).Message);
        Assert.Equal("No step is open on this thread. Write: using var step = Step.Begin();", Assert.Throws<InvalidOperationException>(() => inputs[0]).Message);
    }

    [Fact]
    public void NumberChecks_InAnyStep_NameTheProducer()
    {
        var inputs = new OracleInputs(1, new Shape(2, 3), new Shape(3, 4), new Shape(4));
        var (x, weight, bias) = (inputs.Parameters.All[0], inputs.Parameters.All[1], inputs.Parameters.All[2]);
        var device = Device.Managed.WithNumberChecks();
        string Failure(Action use)
        {
            using var step = Step.Begin(device);
            return Assert.Throws<RunFailedException>(use).Message;
        }
        Assert.Equal("Log [2] made -Infinity at place 1; its inputs were finite.", Failure(() => Tensor.From([1, 0], 2).Log().Exp()));
        Assert.Equal("Divide [2] made NaN at place 0; its inputs were finite.", Failure(() => _ = Tensor.From([0, 1], 2) / Tensor.From([0, 1], 2)));
        Assert.Equal("LogSumExp [] made -Infinity at place 0; its inputs were finite.", Failure(() => Ones(0).LogSumExp()));
        Assert.Equal("From [2, 1] was given NaN at place 1.", Failure(() => Tensor.From([1, float.NaN], 2, 1)));
        Assert.Equal("From [3] was given Infinity at place 0.", Failure(() => Tensor.Filled(float.PositiveInfinity, 3)));
        x.Values[4] = float.NaN;
        Assert.Equal("Parameter input0 [2, 3] holds NaN at place 4, and Of(input0) reads it.", Failure(() => _ = inputs[0] + 1));
        x.Values[4] = 0;
        bias.Values[2] = float.NegativeInfinity;
        Assert.Equal("Parameter input2 [4] holds -Infinity at place 2, and Linear(input1) reads it.", Failure(() => inputs[0].Linear(weight, bias)));
        bias.Values[2] = 0;
        using (Step.Begin(device)) inputs[0].Linear(weight, bias).LogSoftmax(Mask.From([true, false, true, false, true, false, true, false], 2, 4)).CumulativeLogSumExp();
    }

    private static Tensor Ones(params ReadOnlySpan<int> shape) => Tensor.Filled(1, shape);
}
