using Pilotage.Distributions;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Pilotage.Tests.Tensors;
using Xunit;

namespace Pilotage.Tests.Distributions;

public sealed class PlackettLuceTests
{
    private static readonly float[] Scores = [0.3f, -1.2f, 1.5f, 0.1f];

    private static IEnumerable<int[]> Orders(int[] items, int places) => places == 0
        ? [[]]
        : items.SelectMany(first => Orders([.. items.Where(i => i != first)], places - 1).Select(rest => (int[])[first, .. rest]));

    [Theory]
    [InlineData(new[] { 2, 3, 1 }, new[] { 2, 3 }, false, false)]
    [InlineData(new[] { 2, 3 }, new[] { 6 }, false, false)]
    [InlineData(new[] { 2, 3 }, new[] { 1, 3 }, false, false)]
    [InlineData(new[] { 2, 3 }, new[] { 2, 4 }, false, false)]
    [InlineData(new[] { 2, 3 }, new[] { 2, 3 }, true, false)]
    [InlineData(new[] { 2, 3 }, new[] { 2, 3 }, false, true)]
    public void LogProbability_ShapesThatDoNotFit_AreAllTold(int[] scores, int[] order, bool wrongLegal, bool wrongCounted)
    {
        using var step = Step.Begin();
        var wrong = Mask.From([true, true], 1, 2);
        var error = Assert.Throws<ArgumentException>(() => PlackettLuce.LogProbability(
            Tensor.Filled(0, scores), Indices.From(new int[order.Aggregate((a, b) => a * b)], order), wrongLegal ? wrong : default, wrongCounted ? wrong : default));
        Assert.StartsWith($"PlackettLuce: scores [{string.Join(", ", scores)}], order [{string.Join(", ", order)}], legal {(wrongLegal ? "[1, 2]" : "none")}, counted {(wrongCounted ? "[1, 2]" : "none")} do not fit;", error.Message);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 12)]
    [InlineData(3, 24)]
    [InlineData(4, 24)]
    public void LogProbability_OverAllOrders_SumsToOne(int places, int count)
    {
        int[][] orders = [.. Orders([0, 1, 2, 3], places)];
        Assert.Equal(count, orders.Length);
        using var step = Step.Begin();

        var logProbability = PlackettLuce.LogProbability(Repeated(count), Indices.From([.. orders.SelectMany(x => x)], count, places));

        Assert.Equal(1, logProbability.Exp().Sum().Item(), 1e-5);
    }

    [Fact]
    public void LogProbability_TwoPlaces_IsTheProductOfTwoChoices()
    {
        using var step = Step.Begin();
        var logProbability = PlackettLuce.LogProbability(Tensor.From(Scores, 1, 4), Indices.From([2, 0], 1, 2)).Item();

        var weights = Scores.Select(s => Math.Exp(s)).ToArray();
        Assert.Equal(Math.Log(weights[2] / weights.Sum() * weights[0] / (weights[0] + weights[1] + weights[3])), logProbability, 1e-6);
    }

    [Fact]
    public void LogProbability_IllegalItems_AreAsIfNotThere()
    {
        using var step = Step.Begin();
        var masked = PlackettLuce.LogProbability(Tensor.From(Scores, 1, 4), Indices.From([3, 0], 1, 2), Mask.From([true, true, false, true], 1, 4));
        var without = PlackettLuce.LogProbability(Tensor.From([Scores[0], Scores[1], Scores[3]], 1, 3), Indices.From([2, 0], 1, 2));
        Assert.Equal(without.Item(), masked.Item(), 1e-6f);
    }

    [Fact]
    public void LogProbability_EmptyPlaces_AddNothing()
    {
        // The second row has two items for three places, the third none at all.
        using var step = Step.Begin();
        var legal = Mask.From([true, true, true, true, true, false, false, true, false, false, false, false], 3, 4);
        var counted = Mask.From([true, true, true, true, true, false, false, false, false], 3, 3);
        var together = Backends.Values(PlackettLuce.LogProbability(Repeated(3), Indices.From([2, 0, 1, 3, 0, -1, -1, -1, -1], 3, 3), legal, counted));
        var first = PlackettLuce.LogProbability(Repeated(1), Indices.From([2, 0, 1], 1, 3)).Item();
        var second = PlackettLuce.LogProbability(Tensor.From([Scores[0], Scores[3]], 1, 2), Indices.From([1, 0], 1, 2)).Item();

        Assert.Equal(first, together[0], 1e-6f);
        Assert.Equal(second, together[1], 1e-6f);
        Assert.Equal(0, together[2]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(2)]
    public void LogProbability_Batch_AgreesWithTheReference(int places)
    {
        var inputs = new OracleInputs(places == 5 ? 1u : 2u, new Shape(3, 5));
        int[] order = places == 5 ? [4, 0, 2, 1, 3, 0, 1, 2, 3, 4, 3, 4, 1, 0, 2] : [4, 0, 1, 2, 3, 1];
        Oracle.Check(() => PlackettLuce.LogProbability(inputs[0], Indices.From(order, 3, places)), inputs.Parameters);
    }

    [Fact]
    public void LogProbability_MaskedBatch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(4, new Shape(2, 5));
        bool[] legal = [true, true, false, true, true, true, false, false, true, false];
        bool[] counted = [true, true, true, true, true, false];
        Oracle.Check(() => PlackettLuce.LogProbability(inputs[0], Indices.From([4, 0, 3, 3, 0, 0], 2, 3), Mask.From(legal, 2, 5), Mask.From(counted, 2, 3)), inputs.Parameters);
    }

    [Fact]
    public void LogProbability_ScoresFarApart_DoesNotOverflow()
    {
        using var step = Step.Begin();
        var logProbability = PlackettLuce.LogProbability(Tensor.From([500, -500, 0], 1, 3), Indices.From([1, 2, 0], 1, 3));
        Assert.Equal(-1000 - 500, logProbability.Item(), 1e-3);
    }

    [Fact]
    public void Sample_ManyDraws_FollowsTheProbabilitiesOfOrders()
    {
        int[][] orders = [.. Orders([0, 1, 2, 3], 2)];
        const int draws = 20_000;
        var uniforms = Frequencies.Uniforms(6, draws * 4);
        var (scalar, tensor, order) = (new int[12], new int[12], new int[2]);
        int Place(int first, int second) => Array.FindIndex(orders, o => o[0] == first && o[1] == second);
        for (var i = 0; i < draws; i++)
        {
            PlackettLuce.Sample(Scores, uniforms.AsSpan(4 * i, 4), [], order);
            scalar[Place(order[0], order[1])]++;
        }
        using var step = Step.Begin(gradient: Gradient.None);
        var drawn = new int[2 * draws];
        PlackettLuce.Sample(Repeated(draws), Tensor.From(uniforms, draws, 4), count: 2).CopyTo(drawn);
        for (var i = 0; i < draws; i++) tensor[Place(drawn[2 * i], drawn[2 * i + 1])]++;
        var probabilities = Backends.Values(PlackettLuce.LogProbability(Repeated(12), Indices.From([.. orders.SelectMany(x => x)], 12, 2)).Exp()).Select(p => (double)p).ToArray();

        Frequencies.AssertFollow(probabilities, scalar);
        Frequencies.AssertFollow(probabilities, tensor);
    }

    [Fact]
    public void Sample_Masked_TakesLegalItemsAlone()
    {
        var order = new int[2];
        for (var key = 0u; key < 50; key++)
        {
            PlackettLuce.Sample(Scores, Frequencies.Uniforms(key, 4), [true, false, false, true], order);
            Assert.Equal([0, 3], order.Order());
        }
        Assert.Throws<ArgumentException>(() => PlackettLuce.Sample(Scores, Frequencies.Uniforms(1, 4), [true, false, false, false], order));
    }

    [Fact]
    public void Mode_Masked_IsByScore()
    {
        using var step = Step.Begin();
        var order = new int[3];
        PlackettLuce.Mode(Tensor.From(Scores, 1, 4), count: 3, Mask.From([true, true, false, true], 1, 4)).CopyTo(order);
        Assert.Equal([0, 3, 1], order);
    }

    [Fact]
    public void EntropyEstimate_OverAllOrders_AveragesToTheEntropy()
    {
        int[][] orders = [.. Orders([0, 1, 2, 3], 4)];
        using var step = Step.Begin();
        var indices = Indices.From([.. orders.SelectMany(x => x)], 24, 4);
        var logProbability = PlackettLuce.LogProbability(Repeated(24), indices);
        var mean = (logProbability.Exp() * PlackettLuce.EntropyEstimate(Repeated(24), indices)).Sum().Item();
        Assert.Equal(-(logProbability.Exp() * logProbability).Sum().Item(), mean, 1e-6);
    }

    [Fact]
    public void LogProbability_InAMemoryEstimate_IsNotRefused()
    {
        var inputs = new OracleInputs(1, new Shape(3, 4));
        Assert.True(MemoryEstimate.OfStep(() => PlackettLuce.LogProbability(inputs[0], Indices.From([0, 1, 1, 2, 3, 0], 3, 2)).Sum(), inputs.Parameters) > 0);
    }

    [Theory]
    [InlineData(2, 2, "row 0 names item 2 in place 1")]
    [InlineData(1, 0, "row 0 names item 1 in place 0")]
    [InlineData(0, 4, "row 0 names item 4 in place 1")]
    public void LogProbability_ItemThatCannotBe_IsNamed(int first, int second, string told)
    {
        using var step = Step.Begin();
        var scores = Tensor.From(Scores, 1, 4);
        var error = Assert.Throws<ArgumentException>(() =>
            PlackettLuce.LogProbability(scores, Indices.From([first, second], 1, 2), Mask.From([true, false, true, true], 1, 4)));
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    private static Tensor Repeated(int rows) => Tensor.From(Scores, 1, 4) + Tensor.Filled(0, rows, 1);
}
