using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Language.Tests.Groups;

public sealed class TokenBatchTests
{
    private static readonly IReadOnlyList<TokenRow> TwoRows =
    [
        new(new[] { 1, 2 }, new[] { 3 }, [-1f], [2f]) { Group = 0 },
        new(new[] { 1 }, new[] { 3, 4, 0 }, [-1f, -2f, -3f], [1f, 1f, 1f]) { Group = 1 },
    ];

    [Theory]
    [InlineData(Aggregation.TokenMean, (10.0 + 1 + 2 + 3) / 4)]
    [InlineData(Aggregation.ResponseMean, (10.0 + (1 + 2 + 3) / 3.0) / 2)]
    [InlineData(Aggregation.ConstantLength, (10.0 + 1 + 2 + 3) / (2 * 8))]
    public void Aggregate_WeighsTokensAsItsNameSays(Aggregation aggregation, double expected)
    {
        using var step = Step.Begin();
        var batch = new TokenBatch(TwoRows, aggregation, constantLength: 8);
        Assert.Equal(expected, batch.Aggregate(Tensor.From([10f, 1, 2, 3], 4)).Item(), 1e-6);
    }

    [Fact]
    public void ByResponse_SumsMeansAndSpreadsOverTheAnswersOwnTokens()
    {
        using var step = Step.Begin();
        var batch = new TokenBatch(TwoRows);
        var perToken = Tensor.From([10f, 1, 2, 6], 4);
        Assert.Equal([10f, 9f], Values(batch.SumByResponse(perToken)));
        Assert.Equal([10f, 3f], Values(batch.MeanByResponse(perToken)));
        Assert.Equal([10f, 3f, 3f, 3f], Values(batch.ToTokens(batch.MeanByResponse(perToken))));
        Assert.Equal(6.5f, batch.AggregateResponses(batch.MeanByResponse(perToken)).Item());
    }

    [Fact]
    public void LogRatio_OfThePolicyThatDrew_IsExactlyZero()
    {
        var (task, model) = (new EchoTask(), EchoTask.Model());
        var batch = new TokenBatch(TokenRow.Of(task.Groups(model), GroupScores.Centre));
        using var step = Step.Begin();
        Assert.All(Values(batch.LogRatio(model.Forward(batch.Sequences))), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(Aggregation.TokenMean)]
    [InlineData(Aggregation.ResponseMean)]
    [InlineData(Aggregation.ConstantLength)]
    public void Descend_InParts_IsTheUpdateOfTheWhole(Aggregation aggregation)
    {
        var task = new EchoTask();
        var groups = task.Groups(EchoTask.Model(), size: 5);
        UpdateReport Update(LanguageModel model, int budget, out int parts)
        {
            var batch = new TokenBatch(TokenRow.Of(groups, GroupScores.Centre), aggregation, 3);
            parts = batch.Parts(budget).Count();
            return new Sgd(model.Parameters, 0.1).Descend(batch, part => part.Aggregate(Surrogate.ClippedTerms(part.LogRatio(model.Forward(part.Sequences)), part.Advantages, 0.2f, 0.2f)), 1, budget);
        }
        var (whole, cut) = (EchoTask.Model(2), EchoTask.Model(2));
        var (one, many) = (Update(whole, 1000, out var single), Update(cut, 12, out var several));

        Assert.Equal(1, single);
        Assert.True(several > 3);
        Assert.Equal(one.Loss, many.Loss, 1e-5f);
        Assert.Equal(one.GradientNorm, many.GradientNorm, 1e-5f);
        for (var i = 0; i < whole.Parameters.Values.Length; i++) Assert.Equal(whole.Parameters.Values[i], cut.Parameters.Values[i], 1e-6f);
    }

    [Fact]
    public void Parts_LongestFirst_FitTheBudgetAndHoldEveryRowOnce()
    {
        var rows = Enumerable.Range(1, 9).Select(i => new TokenRow(new int[1 + i % 3], new int[i], new float[i], new float[i]) { Group = i }).ToArray();
        var parts = new TokenBatch(rows).Parts(12).ToArray();
        Assert.Equal(rows.Max(row => row.Length), parts[0].Sequences.Length);
        Assert.All(parts, part => Assert.True(part.Rows.Count == 1 || part.Rows.Count * part.Sequences.Length <= 12));
        Assert.Equal(rows.Order(ByGroup), parts.SelectMany(part => part.Rows).Order(ByGroup));
        Assert.All(parts, part => Assert.Equal(9, part.RowsOfWhole));
    }

    [Fact]
    public void Minibatches_KeepGroupsTogetherAndHoldEveryRowOnce()
    {
        var rows = Enumerable.Range(0, 20).Select(i => new TokenRow(new[] { 1 }, new[] { 2 }, [0], [0]) { Group = i / 4, Tag = $"{i}" }).ToArray();
        var random = SeedTree.Root(1).Start();
        var batches = new TokenBatch(rows).Minibatches(2, ref random);
        Assert.Equal([8, 12], batches.Select(batch => batch.Rows.Count).Order());
        Assert.Empty(batches[0].Rows.Select(row => row.Group).Intersect(batches[1].Rows.Select(row => row.Group)));
        Assert.Equal(20, batches.SelectMany(batch => batch.Rows).Select(row => row.Tag).Distinct().Count());
        using var step = Step.Begin();
        Assert.Equal(1, batches[0].Aggregate(Tensor.Filled(1, batches[0].Sequences.Actions)).Item(), 1e-6);
    }

    [Fact]
    public void BehaviourLogProbabilities_MissingOnARow_SaysSo()
    {
        var batch = new TokenBatch([TwoRows[0] with { LogProbabilities = [] }]);
        using var step = Step.Begin();
        var failure = Assert.Throws<InvalidOperationException>(() => batch.BehaviourLogProbabilities);
        Assert.Equal("TokenBatch: a row of 1 response tokens has 0 behaviour log-probabilities; wanted one for each token.", failure.Message);
    }

    [Fact]
    public void Of_LeadTokens_ArePromptAndNotLearned()
    {
        var group = new ResponseGroup(new("a", "0=", "0"), [1, 2], [new([3, 0], [-1, -1], Language.Generation.FinishReason.Ended, 1) { Lead = [4, 4] }], 3);
        var row = TokenRow.Of([group], (_, advantages) => advantages[0] = 2, step: 5).Single();
        Assert.Equal([1, 2, 4, 4], row.Prompt.ToArray());
        Assert.Equal([2f, 2f], row.Advantages);
        Assert.Equal(2, row.Age);
        Assert.Equal(2, new TokenBatch([row]).Sequences.Actions);
    }

    private static Comparer<TokenRow> ByGroup => Comparer<TokenRow>.Create((a, b) => a.Group.CompareTo(b.Group));

    private static float[] Values(Tensor tensor)
    {
        var values = new float[tensor.Shape.Count];
        tensor.CopyTo(values);
        return values;
    }
}
