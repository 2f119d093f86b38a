using Pilotage.Credit;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Tests.Groups;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Language.Tests.Algorithms;

/// <summary>Each baseline's objective off policy: its value against the formula in double, its gradient against the reference.</summary>
public sealed class ObjectiveTests
{
    private static readonly EchoTask Echo = new();

    [Fact]
    public void Grpo_IsTheMeanOverAnswersOfTokenMeansOfTheClippedSurrogatePlusK3()
    {
        var (model, batch) = OffPolicy(Aggregation.ResponseMean);
        var learner = new Grpo(new() { ReferenceWeight = 0.5 }, model, Echo.Sampler(model), Echo.Stream(), SeedTree.Root(1));
        var reference = ReferencePolicy.LogProbabilities(model, batch.Sequences);
        Move(model);                                                                       // so that the policy is no longer its reference
        Check(model, batch, learner.Loss, rows => rows.Average(row => row.Average(t =>
            -Math.Min(t.Ratio * t.Advantage, Math.Clamp(t.Ratio, 0.8, 1.2) * t.Advantage) + 0.5 * (Math.Exp(reference[t.Place] - t.LogPi) - (reference[t.Place] - t.LogPi) - 1))));
    }

    [Fact]
    public void DrGrpo_DividesByAConstantLength()
    {
        var (model, batch) = OffPolicy(Aggregation.ConstantLength, 3);
        Check(model, batch, new DrGrpo(new(), model, Echo.Sampler(model), Echo.Stream(), SeedTree.Root(1)).Loss, rows =>
            rows.Sum(row => row.Sum(t => -Math.Min(t.Ratio * t.Advantage, Math.Clamp(t.Ratio, 0.8, 1.2) * t.Advantage))) / (rows.Count * 3));
    }

    [Fact]
    public void Dapo_IsATokenMeanWithRoomAbove()
    {
        var (model, batch) = OffPolicy(Aggregation.TokenMean);
        Check(model, batch, new Dapo(new(), model, Echo.Sampler(model), Echo.Stream(), SeedTree.Root(1)).Loss, rows =>
            rows.SelectMany(row => row).Average(t => -Math.Min(t.Ratio * t.Advantage, Math.Clamp(t.Ratio, 0.8, 1.28) * t.Advantage)));
    }

    [Fact]
    public void Gspo_ClipsTheLengthNormalisedRatioOfTheAnswer()
    {
        var (model, batch) = OffPolicy(Aggregation.ResponseMean);
        Check(model, batch, new Gspo(new() { LowerRadius = 0.05, UpperRadius = 0.08 }, model, Echo.Sampler(model), Echo.Stream(), SeedTree.Root(1)).Loss, rows => rows.Average(row =>
        {
            var s = Math.Exp(row.Average(t => Math.Log(t.Ratio)));
            return -Math.Min(s * row[0].Advantage, Math.Clamp(s, 0.95, 1.08) * row[0].Advantage);
        }));
    }

    [Fact]
    public void ReinforcePlusPlusAndTokenPpo_AreTokenMeansOfTheClippedSurrogate()
    {
        var (model, batch) = OffPolicy(Aggregation.TokenMean);
        double Formula(List<List<Token>> rows) => rows.SelectMany(row => row).Average(t => -Math.Min(t.Ratio * t.Advantage, Math.Clamp(t.Ratio, 0.8, 1.2) * t.Advantage));
        Check(model, batch, new ReinforcePlusPlus(new() { ReferenceWeight = 0 }, model, Echo.Sampler(model), Echo.Stream(), SeedTree.Root(1)).Loss, Formula);
        Check(model, batch, new TokenPpo(new(), model, Echo.Sampler(model), Echo.Stream(), SeedTree.Root(1)).Loss, Formula);
    }

    [Fact]
    public void RlooAndReinforce_WeighTheLogProbabilityOfTheWholeAnswer()
    {
        var (model, batch) = OffPolicy(Aggregation.ConstantLength);
        double Formula(List<List<Token>> rows) => rows.Average(row => -row[0].Advantage * row.Sum(t => t.LogPi));
        Check(model, batch, new Rloo(new(), model, Echo.Sampler(model), Echo.Stream(), SeedTree.Root(1)).Loss, Formula);
        Check(model, batch, new Reinforce(new(), model, Echo.Sampler(model), Echo.Stream(), SeedTree.Root(1)).Loss, Formula);
    }

    [Fact]
    public void OnPolicy_GrpoDapoAndDrGrpoOnOneTokenAnswers_HaveOneGradientUpToTheCredit()
    {
        // Ratio 1 and one token each: all three are -mean A log pi, and the surrogate's gradient is that of the log-probability.
        var model = EchoTask.Model();
        var groups = Echo.Sampler(model, maximumTokens: 1).Sample(Echo.Problems(Language.Tasks.Split.Train), 6, SeedTree.Root(2), 0);
        float[] Gradient(Func<TokenBatch, Tensor> loss, Aggregation aggregation)
        {
            var sgd = new Sgd(model.Parameters, 1e-9);
            sgd.Descend(new(TokenRow.Of(groups, GroupScores.Centre), aggregation), loss, null, 1000);
            return model.Parameters.Gradients.ToArray();
        }
        var grpo = Gradient(new Grpo(new() { ReferenceWeight = 0 }, model, Echo.Sampler(model), Echo.Stream(), SeedTree.Root(1)).Loss, Aggregation.ResponseMean);
        Assert.Contains(grpo, value => value != 0);
        foreach (var other in new[]
        {
            Gradient(new Dapo(new(), model, Echo.Sampler(model), Echo.Stream(), SeedTree.Root(1)).Loss, Aggregation.TokenMean),
            Gradient(new DrGrpo(new(), model, Echo.Sampler(model), Echo.Stream(), SeedTree.Root(1)).Loss, Aggregation.ConstantLength),
            Gradient(new Rloo(new(), model, Echo.Sampler(model), Echo.Stream(), SeedTree.Root(1)).Loss, Aggregation.ConstantLength),
        })
        {
            for (var i = 0; i < grpo.Length; i++) Assert.Equal(grpo[i], other[i], 1e-6f);
        }
    }

    [Fact]
    public void ReinforcePlusPlus_PenalisesTheDivergenceStillToCome()
    {
        var row = new TokenRow(new[] { 1 }, new[] { 2, 3 }, [-1f, -2f], [1f, 1f]);
        var penalized = ReinforcePlusPlus.Penalized([row], [[-1.5f, -1f]], weight: 0.1).Single();
        Assert.Equal(1 - 0.1 * (0.5 - 1), penalized.Advantages[0], 1e-6);
        Assert.Equal(1 - 0.1 * -1, penalized.Advantages[1], 1e-6);

        var standardized = ReinforcePlusPlus.Standardized([row with { Advantages = [0, 1] }, row with { Advantages = [2, 5] }]);
        var all = standardized.SelectMany(each => each.Advantages).ToArray();
        Assert.Equal(0, all.Average(), 1e-6);
        Assert.Equal(1, all.Average(a => a * a), 1e-5);
        Assert.All(ReinforcePlusPlus.Standardized([row]).Single().Advantages, a => Assert.Equal(0, a));
    }

    [Theory]
    [InlineData(1.0, 1.0, new[] { 0.8f, 0.5f, 0.9f })]                                     // Monte Carlo less the value
    [InlineData(1.0, 0.0, new[] { 0.3f, -0.4f, 0.9f })]                                    // one step
    [InlineData(0.5, 0.5, new[] { -0.00625f, -0.225f, 0.9f })]                             // by hand: 0.9; 0.05 - 0.5 + 0.225; 0.25 - 0.2 - 0.05625
    public void Credit_OfAnAnswer_IsItsGeneralisedAdvantage(double discount, double decay, float[] expected)
    {
        var row = new TokenRow(new[] { 1 }, new[] { 2, 3, 0 }, [], []) { Reward = 1 };
        var credited = ValueHead.Credit(row, [0.2f, 0.5f, 0.1f], discount, decay);
        for (var t = 0; t < 3; t++)
        {
            Assert.Equal(expected[t], credited.Advantages[t], 1e-5f);
            Assert.Equal(credited.Advantages[t] + new[] { 0.2f, 0.5f, 0.1f }[t], credited.Targets[t], 1e-6f);
        }
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(80, 0)]
    [InlineData(90, -0.5)]
    [InlineData(100, -1)]
    [InlineData(130, -1)]
    public void LengthPenalty_FallsOverTheBuffer(int length, double penalty) => Assert.Equal(penalty, Dapo.LengthPenalty(length, 100, 20), 1e-6);

    private sealed record Token(int Place, double LogPi, double Ratio, double Advantage);

    // Answers whose policy has moved on by some tenths since, ratios on both sides of every clip, several lengths.
    private static (LanguageModel Model, TokenBatch Batch) OffPolicy(Aggregation aggregation, double constantLength = 1)
    {
        var model = EchoTask.Model();
        var random = SeedTree.Root(8).Start();
        var rows = TokenRow.Of(Echo.Groups(model), GroupScores.Centre).Select(row => row with { LogProbabilities = Array.ConvertAll(row.LogProbabilities, p => (float)(p + random.NextUniform(-0.5, 0.5))) }).ToArray();
        Assert.True(rows.Select(row => row.Response.Length).Distinct().Count() > 1);
        return (model, new(rows, aggregation, constantLength));
    }

    private static void Move(LanguageModel model)
    {
        var random = SeedTree.Root(9).Start();
        foreach (ref var value in model.Parameters.Values) value += value == 0 ? 0 : (float)(0.1 * random.NextNormal());
    }

    private static void Check(LanguageModel model, TokenBatch batch, Func<TokenBatch, Tensor> loss, Func<List<List<Token>>, double> formula)
    {
        var logPi = ReferencePolicy.LogProbabilities(model, batch.Sequences);
        var rows = new List<List<Token>>();
        var place = 0;
        foreach (var row in batch.Rows)
        {
            rows.Add([]);
            for (var t = 0; t < row.Response.Length; t++, place++) rows[^1].Add(new(place, logPi[place], Math.Exp(logPi[place] - row.LogProbabilities[t]), row.Advantages[t]));
        }
        Assert.Contains(rows.SelectMany(row => row), t => t.Ratio > 1.28);
        using (var step = Step.Begin()) Assert.Equal(formula(rows), loss(batch).Item(), 1e-5);
        Assert.True(Oracle.Check(() => loss(batch), model.Parameters, tolerance: 1e-4, maximumDifferences: 40).Gradients > 0);
    }
}
