using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Systems.Language.Rec;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Rec;

public sealed class RecObjectiveTests
{
    public static TheoryData<string> Members => [.. RecMembers.All.Keys];

    [Theory]
    [InlineData(1f, 1.21f, 0f)]
    [InlineData(1f, 0.5f, 1f)]
    [InlineData(-1f, 0.79f, 0f)]
    [InlineData(-1f, 3f, 1f)]
    [InlineData(0f, 9f, 1f)]                                   // A = 0 lies inside of every one-sided mask
    [InlineData(0f, 0.1f, 1f)]
    public void OneSide_KeepsWhatLagsBehindItsAdvantage(float advantage, float ratio, float kept) => Assert.Equal(kept, MaskOf(ClipMask.OneSide, advantage, ratio));

    [Theory]
    [InlineData(1f, 0.39f, 1f)]
    [InlineData(1f, 0.5f, 0f)]
    [InlineData(1f, 1.1f, 1f)]
    [InlineData(-1f, 3.01f, 1f)]
    [InlineData(-1f, 2.5f, 0f)]
    [InlineData(1f, 3.01f, 0f)]
    [InlineData(-1f, 0.39f, 0f)]
    public void Ring_BeginsAgainFarOutside(float advantage, float ratio, float kept) => Assert.Equal(kept, MaskOf(ClipMask.Ring, advantage, ratio));

    [Theory]
    [InlineData(1f, 0.79f, 0f)]
    [InlineData(-1f, 1.19f, 1f)]
    [InlineData(-1f, 1.21f, 0f)]
    public void TwoSide_LooksAtTheRatioAlone(float advantage, float ratio, float kept) => Assert.Equal(kept, MaskOf(ClipMask.TwoSide, advantage, ratio));

    [Theory]
    [MemberData(nameof(Members))]
    public void Loss_EveryMember_HasTheReferencesGradient(string member)
    {
        var (model, batch) = OffPolicy();
        var objective = new RecObjective(RecMembers.All[member]);
        Assert.True(Oracle.Check(() => objective.Loss(batch, model.Forward(batch.Sequences)), model.Parameters, tolerance: 1e-4, maximumDifferences: 24).Gradients > 0);
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Terms_EveryMember_AreTheFormula(string member)
    {
        var (config, (model, batch)) = (RecMembers.All[member], OffPolicy());
        using var step = Step.Begin();
        var logPi = model.Forward(batch.Sequences).LogProbability;
        var (terms, values) = (Values(new RecObjective(config).Terms(batch, logPi)), Values(logPi));
        var place = 0;
        foreach (var row in batch.Rows)
        {
            var logRatios = row.LogProbabilities.Select((old, t) => values[place + t] - old).ToArray();
            var answer = MathF.Exp(logRatios.Average());
            for (var t = 0; t < logRatios.Length; t++, place++)
            {
                var (a, rho) = (row.Advantages[t], MathF.Exp(logRatios[t]));
                var weight = config.Weight switch
                {
                    RatioWeight.Ratio => rho,
                    RatioWeight.AnswerRatio => answer,
                    RatioWeight.Advantage => MathF.Exp(a / (float)config.Temperature),
                    RatioWeight.Tapered => a > 0 ? 1 : Math.Min(rho, 1),
                    _ => 1,
                };
                var regularizer = config.Regularizer switch { StepRegularizer.Squared => 0.1f * logRatios[t] * logRatios[t], StepRegularizer.Forward => -0.1f * values[place], _ => 0 };
                var expected = -weight * a * values[place] * MaskOf(config, a, config.Mask == ClipMask.AnswerOneSide ? answer : rho) + regularizer;
                Assert.Equal(expected, terms[place], 1e-4f);
            }
        }
    }

    [Fact]
    public void Forward_WithC_HasTheGradientOfEveryAdvantagePlusC()
    {
        var (model, batch) = OffPolicy();
        var shifted = new TokenBatch([.. batch.Rows.Select(row => row with { Advantages = Array.ConvertAll(row.Advantages, a => a + 0.3f) })]);
        var regularized = GradientOf(model, batch, new RecObjective(new() { Mask = ClipMask.None, Regularizer = StepRegularizer.Forward, RegularizerWeight = 0.3 }));
        var plain = GradientOf(model, shifted, new RecObjective(new() { Mask = ClipMask.None }));
        for (var i = 0; i < plain.Length; i++) Assert.Equal(plain[i], regularized[i], 1e-5f);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(-1f)]
    [InlineData(0.3f)]
    public void ClippedSurrogate_AndOneSideWithImportanceWeights_HaveOneSlopeOffTheKinks(float advantage)
    {
        var objective = new RecObjective(RecMembers.All[RecMembers.OneSideIs]);
        foreach (var ratio in new[] { 0.3f, 0.79f, 0.81f, 0.99f, 1f, 1.01f, 1.19f, 1.21f, 4f })
        {
            var row = new TokenRow(new[] { 1 }, new[] { 2 }, [-1f], [advantage]);
            var start = -1 + MathF.Log(ratio);
            var surrogate = SlopeOf(logPi => Surrogate.ClippedTerms(logPi - Tensor.From([-1f], 1), Tensor.From([advantage], 1), 0.2f, 0.2f).Sum(), start);
            Assert.Equal(surrogate, SlopeOf(logPi => objective.Terms(new([row]), logPi).Sum(), start), 1e-5f);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public void PairwiseConsistency_AtTheAnchor_IsGroupRelativeReinforce(double tau)
    {
        // L = 1/K^2 sum i<j (a_i - a_j)^2, a = r - tau (log pi - log pi_t): gradient in log pi_i at pi = pi_t is -(2 tau / K) (r_i - mean).
        float[] rewards = [1, 0, 0, 1];
        var parameters = new Parameters();
        var random = SeedTree.Root(1).Start();
        var logPi = parameters.Add("log pi", new(4), new Initializer.Normal(1), ref random);
        var anchor = logPi.Values.ToArray();
        using (var step = Step.Begin())
        {
            var a = Tensor.From(rewards, 4) - (float)tau * (Tensor.Of(logPi) - Tensor.From(anchor, 4));
            var loss = Tensor.Filled(0);
            for (var i = 0; i < 4; i++)
                for (var j = i + 1; j < 4; j++) loss += (a.Slice(0, i, 1) - a.Slice(0, j, 1)).Square().Sum() / 16f;
            new Sgd(parameters, 1e-9).Descend(loss);
        }
        var advantages = new float[4];
        var drop = SeedTree.Root(1).Start();
        new RecCredit(new()).Advantages(rewards, ref drop, advantages);
        Assert.Equal([0.5f, -0.5f, -0.5f, 0.5f], advantages);
        for (var i = 0; i < 4; i++) Assert.Equal(-2 * tau / 4 * advantages[i], logPi.Gradient[i], 1e-5);
    }

    [Fact]
    public void Loss_RatiosFarAway_StaysFinite()
    {
        var model = Model();
        var batch = new TokenBatch([new(new[] { 1 }, new[] { 2, 3 }, [-200f, 0f], [1f, -1f])]);
        using var step = Step.Begin();
        foreach (var config in RecMembers.All.Values) Assert.True(float.IsFinite(new RecObjective(config).Loss(batch, model.Forward(batch.Sequences)).Item()));
    }

    [Fact]
    public void Heat_OfOneSideWithWeights_IsRatioTimesAdvantageInsideTheMask()
    {
        var heat = RecPlots.Heat("x", RecMembers.All[RecMembers.OneSideIs]);
        double At(string row, string column) => heat.Values[heat.Rows.ToList().IndexOf(row) * heat.Columns.Count + heat.Columns.ToList().IndexOf(column)];
        Assert.Equal(0.3, At("1", "0.3"), 1e-6);
        Assert.Equal(0, At("1", "1.3"), 1e-6);
        Assert.Equal(-0.5 * 2.5, At("-0.5", "2.5"), 1e-6);
        Assert.Equal(0, At("-0.5", "0.5"), 1e-6);
    }

    internal static LanguageModel Model(long seed = 1) => new(new() { VocabularySize = 6, Width = 8, Layers = 1, Heads = 2, ContextLength = 8 }, SeedTree.Root(seed));

    // Answers of several lengths whose policy has moved by up to half a nat, ratios on both sides of every border.
    private static (LanguageModel Model, TokenBatch Batch) OffPolicy()
    {
        var (model, random, rows) = (Model(), SeedTree.Root(7).Start(), new List<TokenRow>());
        for (var i = 0; i < 12; i++)
        {
            var response = Enumerable.Range(0, 1 + i % 3).Select(_ => 0).ToArray();
            for (var t = 0; t < response.Length; t++) response[t] = random.NextInt(6);
            var old = ReferencePolicy.LogProbabilities(model, new([new(new[] { i % 5, 2 }, response)]));
            for (var t = 0; t < old.Length; t++) old[t] += (float)random.NextUniform(-1.3, 1.3);
            var advantage = (float)random.NextUniform(-1, 1);
            rows.Add(new(new[] { i % 5, 2 }, response, old, [.. response.Select(_ => advantage)]) { Group = i / 4 });
        }
        return (model, new(rows));
    }

    private static float[] GradientOf(LanguageModel model, TokenBatch batch, RecObjective objective)
    {
        new Sgd(model.Parameters, 1e-12).Descend(batch, part => objective.Loss(part, model.Forward(part.Sequences)), null, 1000);
        return model.Parameters.Gradients.ToArray();
    }

    private static float SlopeOf(Func<Tensor, Tensor> function, float at)
    {
        var parameters = new Parameters();
        var random = SeedTree.Root(1).Start();
        var x = parameters.Add("x", new(1), new Initializer.Normal(1), ref random);
        x.Values[0] = at;
        using var step = Step.Begin();
        new Sgd(parameters, 1e-12).Descend(function(Tensor.Of(x)));
        return x.Gradient[0];
    }

    private static float MaskOf(ClipMask mask, float advantage, float ratio) => MaskOf(new RecObjectiveConfig { Mask = mask }, advantage, ratio);

    private static float MaskOf(RecObjectiveConfig config, float advantage, float ratio)
    {
        if (!config.NeedsRatios) return 1;
        using var step = Step.Begin();
        return new RecObjective(config).Mask(Tensor.From([advantage], 1), Tensor.From([ratio], 1)).Item();
    }

    private static float[] Values(Tensor tensor)
    {
        var values = new float[tensor.Shape.Count];
        tensor.CopyTo(values);
        return values;
    }
}
