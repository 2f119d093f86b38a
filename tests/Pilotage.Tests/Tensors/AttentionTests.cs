using CsCheck;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class AttentionTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 1, 1)]
    [InlineData(2, 5, 5, 2, 2, 3)]
    [InlineData(1, 3, 17, 2, 1, 16)]
    [InlineData(2, 4, 1, 3, 3, 33)]
    [InlineData(1, 9, 70, 4, 2, 16)]
    [InlineData(1, 70, 67, 1, 1, 5)]
    [InlineData(1, 66, 130, 2, 2, 8)]
    [InlineData(1, 1, 65, 6, 3, 64)]
    [InlineData(3, 12, 16, 2, 2, 64)]
    public void Attend_AnyShape_MatchesTheReference(int batch, int queries, int keys, int heads, int keyHeads, int width)
    {
        var inputs = new OracleInputs(1, new Shape(batch, queries, heads, width), new Shape(batch, keys, keyHeads, width), new Shape(batch, keys, keyHeads, width));
        Oracle.Check(() => inputs[0].Attend(inputs[1], inputs[2]), inputs.Parameters, maximumDifferences: 24);
        if (queries <= keys) Oracle.Check(() => inputs[0].Attend(inputs[1], inputs[2], causal: true, scale: 0.3f), inputs.Parameters, maximumDifferences: 24);
        if (queries <= keys) Oracle.Check(() => inputs[0].Attend(inputs[1], inputs[2], causal: true, Visible(batch, queries, keys), scale: -0.4f), inputs.Parameters, maximumDifferences: 24);
        Oracle.Check(() => inputs[0].Attend(inputs[1], inputs[2], visible: Visible(batch, 1, keys)), inputs.Parameters, maximumDifferences: 24);
    }

    [Fact]
    public void Attend_RandomShapes_MatchesTheReference() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 40], Gen.Int[0, 90], Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[1, 40], Gen.Bool, Gen.ULong).ForCases(30, drawn =>
        {
            var (batch, queries, more, group, keyHeads, width, masked, key) = drawn;
            var keys = new Shape(batch, queries + more, keyHeads, width);
            var inputs = new OracleInputs(key, new Shape(batch, queries, group * keyHeads, width), keys, keys);
            Oracle.Check(() => inputs[0].Attend(inputs[1], inputs[2], causal: true, masked ? Visible(batch, queries, queries + more) : default), inputs.Parameters, maximumDifferences: 0);
            if (!masked) Oracle.Check(() => inputs[0].Attend(inputs[1], inputs[2]), inputs.Parameters, maximumDifferences: 0);
        });

    [Fact]
    public void Attend_WithANaN_GivesItToTheQueriesThatSeeIt()
    {
        using var step = Step.Begin();
        var (query, key, value) = (Tensor.Filled(1, 1, 3, 1, 1), Tensor.From([1, float.NaN, 1], 1, 3, 1, 1), Tensor.Filled(2, 1, 3, 1, 1));
        Assert.Equal([2, float.NaN, float.NaN], Backends.Values(query.Attend(key, value, causal: true)));
        Assert.Equal([2, 2, 2], Backends.Values(query.Attend(key, value, visible: Mask.From([true, false, true], 1, 1, 3))));
    }

    [Fact]
    public void Attend_GradientsThatMeet_AreAdded()
    {
        var inputs = new OracleInputs(2, new Shape(2, 7, 3, 5), new Shape(2, 7, 3, 5));
        Oracle.Check(() => inputs[0].Attend(inputs[0], inputs[0], causal: true), inputs.Parameters);
        Oracle.Check(() => inputs[0].Attend(inputs[1], inputs[1]) * inputs[0] + inputs[1], inputs.Parameters);
        Oracle.Check(() => (inputs[0] * 2f).Attend(inputs[1].Detach(), inputs[1]), inputs.Parameters);
        Oracle.Check(() => inputs[0].Detach().Attend(inputs[1], inputs[1].Detach()), inputs.Parameters);
        Oracle.Check(() => inputs[0].Detach().Attend(inputs[1].Detach(), inputs[1] * inputs[0]), inputs.Parameters);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Attend_EqualScores_AveragesTheValuesThatAreSeen(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend), Gradient.None);
        var (query, key, value) = (Tensor.Filled(0, 1, 2, 1, 1), Tensor.Filled(5, 1, 3, 1, 1), Tensor.From([2, 4, 9], 1, 3, 1, 1));
        Assert.Equal([5, 5], Backends.Values(query.Attend(key, value)));
        Assert.Equal([3, 5], Backends.Values(query.Attend(key, value, causal: true)));
        Assert.Equal([2, 5.5f], Backends.Values(query.Attend(key, value, causal: true, Mask.From([true, false, true], 1, 1, 3))));
        Assert.Equal([4, 2], Backends.Values(query.Attend(key, value, visible: Mask.From([false, true, false, true, false, false], 1, 2, 3))));
    }

    [Fact]
    public void Attend_Empty_GivesNothingAndNoGradient()
    {
        foreach (var (batch, queries, heads, width) in new[] { (0, 3, 2, 4), (2, 0, 2, 4), (2, 3, 0, 4), (2, 3, 2, 0) })
        {
            var inputs = new OracleInputs(3, new Shape(batch, queries, heads, width), new Shape(batch, 3, Math.Max(1, heads), width));
            using var step = Step.Begin();
            var output = inputs[0].Attend(inputs[1], inputs[1], causal: true);
            Assert.Equal(new Shape(batch, queries, heads, width), output.Shape);
            Backends.Backward(output.Sum() + inputs[1].Sum(), inputs.Parameters);
            Assert.All(inputs.Parameters.All[1].Gradient.ToArray(), g => Assert.Equal(1, g));
        }
    }

    /// <summary>Log-probabilities that were sampled token by token must be those that training computes for the whole sequence.</summary>
    [Theory]
    [InlineData(4, 2, 1, 16)]
    [InlineData(4, 4, 64, 130)]
    [InlineData(4, 1, 33, 200)]
    [InlineData(2, 2, 128, 70)]
    public void Attend_TokenByTokenOrAllAtOnce_HasTheSameBits(int heads, int keyHeads, int width, int tokens)
    {
        const int Batch = 3;
        var random = new Randomness(7);
        var (query, key, value) = (Numbers(Batch * tokens * heads * width, ref random), Numbers(Batch * tokens * keyHeads * width, ref random), Numbers(Batch * tokens * keyHeads * width, ref random));
        // Values and scores whose products vanish give signed zeros.
        for (var i = 0; i < value.Length; i += 5) value[i] *= 1e-38f;
        for (var i = 0; i < query.Length; i++) query[i] *= 9;
        var whole = Attend(query, key, value, Batch, tokens, tokens);
        for (var b = 0; b < Batch; b++)
        {
            var (q, k, v) = (Row(query, b, 0, tokens, heads), Row(key, b, 0, tokens, keyHeads), Row(value, b, 0, tokens, keyHeads));
            Assert.Equal(Bits(Row(whole, b, 0, tokens, heads)), Bits(Attend(q, k, v, 1, tokens, tokens)));
            for (var t = 0; t < tokens; t++)
            {
                var (k1, v1) = (Row(key, b, 0, t + 1, keyHeads), Row(value, b, 0, t + 1, keyHeads));
                Assert.Equal(Bits(Row(whole, b, t, t + 1, heads)), Bits(Attend(Row(query, b, t, t + 1, heads), k1, v1, 1, 1, t + 1)));
                // A cache of fixed room, of which the mask shows what is filled.
                var room = Attend(Row(query, b, t, t + 1, heads), k, v, 1, 1, tokens, visible: t + 1);
                Assert.Equal(Bits(Row(whole, b, t, t + 1, heads)), Bits(room));
                if (t % 7 != 0) continue;
                // A prompt's last tokens in one call.
                var first = Math.Max(0, t - 11);
                Assert.Equal(Bits(Row(whole, b, first, t + 1, heads)), Bits(Attend(Row(query, b, first, t + 1, heads), k1, v1, 1, t + 1 - first, t + 1)));
            }
        }

        float[] Attend(float[] query, float[] key, float[] value, int batch, int queries, int keys, int visible = -1)
        {
            using var step = Step.Begin(gradient: Gradient.None);
            var mask = visible < 0 ? default : Mask.From([.. Enumerable.Range(0, keys).Select(j => j < visible)], 1, 1, keys);
            return Backends.Values(Tensor.From(query, batch, queries, heads, width).Attend(
                Tensor.From(key, batch, keys, keyHeads, width), Tensor.From(value, batch, keys, keyHeads, width), causal: visible < 0, mask));
        }

        float[] Row(float[] all, int batch, int first, int end, int count) =>
            all[((batch * tokens + first) * count * width)..((batch * tokens + end) * count * width)];
    }

    [Fact]
    public void Attend_GradientOfOneSequence_HasTheBitsOfThatSequenceInABatch()
    {
        var shape = new Shape(3, 70, 4, 24);
        var (length, random) = (shape.Count / 3, new Randomness(5));
        var (x, y) = (Numbers(shape.Count, ref random), Numbers(shape.Count, ref random));
        var batch = Gradients(x, y, shape);
        for (var b = 0; b < 3; b++)
            Assert.Equal(Bits(batch[(b * length)..((b + 1) * length)]), Bits(Gradients(x[(b * length)..((b + 1) * length)], y[(b * length)..((b + 1) * length)], new(1, 70, 4, 24))));

        static float[] Gradients(float[] x, float[] y, Shape shape) => Backends.GradientOfSum("cpu", x, shape, q =>
            q.Attend(Tensor.From(y, shape[0], shape[1], shape[2], shape[3]), q * 0.5f, causal: true).Square());
    }

    [Fact]
    public void Attend_InSteadyState_AllocatesNothing()
    {
        var inputs = new OracleInputs(1, new Shape(2, 40, 4, 24), new Shape(2, 40, 2, 24));
        Assert.Equal(0, Allocations.Fewest(Update, repetitions: 20));

        void Update()
        {
            using var step = Step.Begin();
            Backends.Backward(inputs[0].Rotate(3).Attend(inputs[1].Rotate(), inputs[1], causal: true).Square().Sum(), inputs.Parameters);
        }
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Attend_QueryThatSeesNothing_IsRefusedByRow(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend), Gradient.None);
        var (query, key) = (Tensor.Filled(1, 2, 2, 1, 4), Tensor.Filled(1, 2, 3, 1, 4));
        var rows = Mask.From([true, true, true, false, true, false, true, true, true, false, false, false], 2, 2, 3);
        var all = Mask.From([true, false, false, false, false, true], 2, 1, 3);
        var none = Mask.From([true, false, false, false, false, false], 2, 1, 3);
        Assert.Equal("Attend: query 1 of batch 1 sees no key in the mask [2, 2, 3]; each query needs at least one.",
            Assert.Throws<ArgumentException>(() => query.Attend(key, key, visible: rows)).Message);
        Assert.Equal("Attend: query 0 of batch 1 sees no key before it in the mask [2, 1, 3]; each query needs at least one.",
            Assert.Throws<ArgumentException>(() => query.Attend(key, key, causal: true, all)).Message);
        Assert.Equal("Attend: query 0 of batch 1 sees no key in the mask [2, 1, 3]; each query needs at least one.",
            Assert.Throws<ArgumentException>(() => query.Attend(key, key, visible: none)).Message);
    }

    [Fact]
    public void Attend_ShapesThatDoNotFit_AreNamed()
    {
        using var step = Step.Begin();
        var (query, key) = (Tensor.Filled(1, 1, 3, 4, 8), Tensor.Filled(1, 2, 3, 8));
        Assert.Equal("Attend: query [1, 3, 4, 8], key [2, 3, 8], value [2, 3, 8] do not fit; wanted [batch, queries, heads, d] and twice [batch, keys, keyHeads, d], heads a multiple of keyHeads.",
            Assert.Throws<ArgumentException>(() => query.Attend(key, key)).Message);
        var two = Tensor.Filled(1, 1, 2, 2, 8);
        Assert.Equal("Attend: 3 causal queries but 2 keys; the first queries would see none. (Parameter 'key')",
            Assert.Throws<ArgumentException>(() => query.Attend(two, two, causal: true)).Message);
        Assert.Equal("Attend: mask [1, 2] does not fit; wanted [1, 3 or 1, 2]. (Parameter 'visible')",
            Assert.Throws<ArgumentException>(() => query.Attend(two, two, visible: Mask.From([true, true], 1, 2))).Message);
        var none = Tensor.Filled(1, 1, 0, 2, 8);
        Assert.Equal("Attend: 3 queries but no keys; each query needs at least one. (Parameter 'key')",
            Assert.Throws<ArgumentException>(() => query.Attend(none, none)).Message);
    }

    /// <summary>A mask with holes that shows each query at least the first key.</summary>
    private static Mask Visible(int batch, int queries, int keys)
    {
        var random = new Randomness(11);
        var visible = new bool[batch * queries * keys];
        for (var i = 0; i < visible.Length; i++) visible[i] = i % keys == 0 || random.NextInt(3) > 0;
        return Mask.From(visible, batch, queries, keys);
    }

    private static float[] Numbers(int count, ref Randomness random)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan()) number = (float)random.NextNormal();
        return numbers;
    }

    /// <summary>So that 0 and -0 differ.</summary>
    private static int[] Bits(float[] numbers) => [.. numbers.Select(BitConverter.SingleToInt32Bits)];
}
