using System.Buffers;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Systems.Language.DcpoDistribution;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Systems.Language.Tests.DcpoDistribution;

/// <summary>The method and its three baselines as learners.</summary>
public sealed class DcpoTests
{
    private static readonly GroupBatchConfig Small = new() { Prompts = 4, GroupSize = 8, LearningRate = 1e-2 };

    private static readonly Dictionary<string, Func<DigitTask, LanguageModel, GroupBatchConfig, ILanguageLearner>> Learners = new()
    {
        ["dcpo"] = (task, model, batch) => Method(task, model, new() { Batch = batch }),
        ["entropy-reg"] = (task, model, batch) => new EntropyRegularized(new() { Batch = batch }, model, task.Sampler(model), task.Stream(), SeedTree.Root(1)),
        ["entropy-adv"] = (task, model, batch) => new EntropyAdvantage(new() { Batch = batch }, model, task.Sampler(model), task.Stream(), SeedTree.Root(1)),
        ["aepo"] = (task, model, batch) => Predecessor(task, model, new() { Batch = batch, HotShare = 0.1, ColdShare = 0.1 }),
    };

    public static TheoryData<string> Names => [.. Learners.Keys];

    private static Dcpo Method(DigitTask task, LanguageModel model, DcpoConfig config) => new(config, model, task.Sampler(model), task.Stream(), SeedTree.Root(1));

    private static Aepo Predecessor(DigitTask task, LanguageModel model, AepoConfig config) => new(config, model, task.Sampler(model), task.Stream(), SeedTree.Root(1), temperature => task.Sampler(model, temperature));

    private static double Figure(ILanguageLearner learner, string name) => learner.Diagnostics.Single(figure => figure.Key == name).Value;

    private static float[] After(ILanguageLearner learner, int steps)
    {
        for (var step = 0; step < steps; step++) learner.Iterate(TestContext.Current.CancellationToken);
        return learner.Model.Parameters.Values.ToArray();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SaveLoad_BetweenSteps_ContinuesBitForBit(string name)
    {
        var (task, batch) = (DigitTask.Parity(), Small with { Epochs = 2, Minibatches = 2, TokenBudget = 60 });
        var straight = Learners[name](task, task.Model(), batch);
        After(straight, 2);
        var bytes = new ArrayBufferWriter<byte>();
        straight.Save(bytes);

        var resumed = Learners[name](task, task.Model(77), batch);
        var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
        resumed.Load(ref reader);

        Assert.True(reader.End);
        Assert.Equal(After(straight, 2), After(resumed, 2));
        Assert.Equal(straight.Diagnostics, resumed.Diagnostics);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Iterate_FreshAnswers_HaveRatioOneBitForBit(string name)
    {
        // Of AEPO's answers drawn at another temperature too: they count as the policy's own.
        var task = DigitTask.Parity();
        var learner = Learners[name](task, task.Model(), Small);
        After(learner, 2);
        Assert.Equal(1, Figure(learner, "ratio_mean"));
        Assert.Equal(0, Figure(learner, "ratio_variance"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Iterate_OnTheEchoTask_Learns(string name)
    {
        var task = DigitTask.Echo();
        var learner = Learners[name](task, task.Model(), Small);
        var before = task.Sampler(learner.Model).Sample(task.Problems(default), 64, SeedTree.Root(9), 0).Average(group => group.Rewards.Average());
        After(learner, 60);
        var after = task.Sampler(learner.Model).Sample(task.Problems(default), 64, SeedTree.Root(9), 0).Average(group => group.Rewards.Average());
        Assert.True(after > before + 0.25, $"{before:0.00} to {after:0.00}");
    }

    [Theory]
    [InlineData(1.2, 1)]
    [InlineData(0.5, -1)]
    public void Iterate_EveryAnswerCorrect_TurnsTheEntropyTowardsTheSetPoint(double fraction, int direction)
    {
        // No group has credit: what moves is the virtual distribution's part alone.
        var task = new DigitTask((_, _) => 1);
        var learner = Method(task, Sharpened(task), new() { Batch = Small with { GroupSize = 128, LearningRate = 3e-3 }, TargetFraction = fraction, LargestError = 1, HotTemperature = 3, ColdTemperature = 0.4 });
        After(learner, 1);
        var before = Figure(learner, "entropy");
        After(learner, 25);
        Assert.Equal(direction, Math.Sign(Figure(learner, "entropy") - before));
        Assert.True(Math.Abs(Figure(learner, "entropy") - before) > 0.02, $"{before} to {Figure(learner, "entropy")}");
        Assert.Equal(1, Figure(learner, "correct_share"));
    }

    [Fact]
    public void Iterate_EveryAnswerCorrectWithoutRatio_IsTheSameAtAnyTemperature()
    {
        var task = new DigitTask((_, _) => 1);
        DcpoConfig Off(double cold) => new() { Batch = Small, UseRatio = false, ColdTemperature = cold };
        Assert.Equal(After(Method(task, task.Model(), Off(0.8)), 3), After(Method(task, task.Model(), Off(0.3)), 3));
        Assert.NotEqual(After(Method(task, task.Model(), Off(0.8)), 3), After(Method(task, task.Model(), Off(0.8) with { UseRatio = true }), 3));
    }

    [Theory]
    [InlineData(0.7, 0.8)]
    [InlineData(1.1, 1.2)]
    public void Iterate_OneStep_IsTheUpdateWrittenByHand(double fraction, double temperature)
    {
        // The same answers, credit in double from the whole distributions, one step of Adam on the clipped loss.
        var task = DigitTask.Parity();
        var (model, copy) = (Sharpened(task), Sharpened(task));
        var seeds = SeedTree.Root(1);
        var groups = task.Sampler(copy).Sample(task.Stream().Take(4), 8, seeds.Actions.Branch(0), 0);
        var rows = TokenRow.Of(groups, (rewards, advantages) => Credit.GroupScores.Standardize(rewards, advantages));
        var entropy = -rows.Sum(row => row.LogProbabilities.Sum()) / rows.Sum(row => row.Response.Length);
        var coefficient = Math.Min(Math.Abs(fraction - 1) * entropy, 0.1) / rows.Average(row => row.Reward);
        var alpha = coefficient / (1 + coefficient);
        rows = [.. rows.Select(row => row with { Advantages = [.. Ratios(copy, row, temperature).Select((rho, t) => (float)((1 - alpha) * row.Advantages[t] + alpha * row.Reward * rho))] })];
        new Adam(copy.Parameters, 1e-2).Descend(new TokenBatch(rows), part => part.Aggregate(Objectives.DualClip.Terms(part.LogRatio(copy.Forward(part.Sequences)), part.Advantages, 0.2f, 0.2f, 3)), 1, 4096);

        var moved = After(new Dcpo(new() { Batch = Small, TargetFraction = fraction }, model, task.Sampler(model), task.Stream(), seeds), 1);

        for (var i = 0; i < moved.Length; i++) Assert.Equal(copy.Parameters.Values[i], moved[i], 1e-5f);
    }

    private static List<double> Ratios(LanguageModel model, TokenRow row, double temperature)
    {
        var (actions, vocabulary) = (row.Response.Length, model.Config.VocabularySize);
        var logPi = new float[actions * vocabulary];
        using (Step.Begin(gradient: Gradient.None)) model.Forward(new([new(row.Prompt, row.Response)])).LogPi.CopyTo(logPi);
        var (pi, other) = (new double[vocabulary], new double[vocabulary]);
        List<double> ratios = [];
        for (var t = 0; t < actions; t++)
        {
            var logits = Array.ConvertAll(logPi[(t * vocabulary)..((t + 1) * vocabulary)], value => (double)value);
            Simplex.Softmax(logits, 1, pi);
            Simplex.Softmax(logits, temperature, other);
            var token = row.Response.Span[t];
            ratios.Add(other[token] / pi[token]);
        }
        return ratios;
    }

    [Fact]
    public void Iterate_NothingCorrect_HasNoWeightAndMovesNothing()
    {
        var task = new DigitTask((_, _) => 0);
        var model = task.Model();
        var before = model.Parameters.Values.ToArray();
        var learner = Method(task, model, new() { Batch = Small });
        Assert.Equal(before, After(learner, 2));
        Assert.Equal(0, Figure(learner, "correct_share"));
        Assert.Equal(0, Figure(learner, "thermostat_weight"));
    }

    [Fact]
    public void Iterate_ThermostatOff_IsGrpoBitForBit()
    {
        // GRPO with means over tokens: the entropy bonus at weight 0, and the bonus on the advantage at scale 0.
        var task = DigitTask.Parity();
        var plain = After(new EntropyRegularized(new() { Batch = Small, EntropyWeight = 0 }, task.Model() is var first ? first : first, task.Sampler(first), task.Stream(), SeedTree.Root(1)), 3);
        Assert.Equal(plain, After(Method(task, task.Model(), new() { Batch = Small, LargestError = 0 }), 3));
        var second = task.Model();
        Assert.Equal(plain, After(new EntropyAdvantage(new() { Batch = Small, Scale = 0 }, second, task.Sampler(second), task.Stream(), SeedTree.Root(1)), 3));
        Assert.NotEqual(plain, After(Method(task, task.Model(), new() { Batch = Small }), 3));
    }

    [Fact]
    public void Iterate_SecondStep_ReadsTheEntropyOfTheUpdateBefore()
    {
        var task = DigitTask.Parity();
        var learner = Method(task, task.Model(), new() { Batch = Small, EntropyEstimator = EntropyEstimator.Exact, TargetEntropy = 0.4 });
        After(learner, 1);
        Assert.Equal(Figure(learner, "entropy"), Figure(learner, "thermostat_entropy"), 1e-5);          // measured on the first batch before it
        var first = Figure(learner, "entropy");
        After(learner, 1);
        Assert.Equal(first, Figure(learner, "thermostat_entropy"), 1e-5);
        Assert.NotEqual(first, Figure(learner, "entropy"), 1e-5);
        Assert.Equal(0.4, Figure(learner, "thermostat_target"));
    }

    [Fact]
    public void Iterate_ReleasedFirstStep_TakesTheEntropyForZero()
    {
        var task = DigitTask.Parity();
        var learner = Method(task, task.Model(), new() { Batch = Small, ReleasedFirstStep = true });
        After(learner, 1);
        Assert.Equal(0, Figure(learner, "thermostat_entropy"));
        Assert.Equal(1.2, Figure(learner, "thermostat_temperature"));
        var weight = 0.1 / Figure(learner, "correct_share");
        Assert.Equal(weight / (1 + weight), Figure(learner, "thermostat_weight"), 1e-9);
    }

    [Fact]
    public void Iterate_SetPointAboveTheVocabularys_IsRefused()
    {
        var task = DigitTask.Parity();
        var mistake = Assert.Throws<UserMistakeException>(() => After(Method(task, task.Model(), new() { Batch = Small, TargetEntropy = 3 }), 1));
        Assert.Contains("PIL1884", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("above ln 6 = 1.792", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Iterate_EntropyBonus_LeavesMoreEntropyThanNone()
    {
        var task = DigitTask.Echo();
        double Entropy(double weight)
        {
            var model = task.Model();
            var learner = new EntropyRegularized(new() { Batch = Small, EntropyWeight = weight }, model, task.Sampler(model), task.Stream(), SeedTree.Root(1));
            After(learner, 40);
            return Figure(learner, "entropy");
        }
        Assert.True(Entropy(0.3) > Entropy(0) + 0.1);
    }

    [Fact]
    public void Aepo_ExtraAnswers_AreAtMostTheirShare()
    {
        var task = DigitTask.Parity();
        var learner = Predecessor(task, task.Model(), new() { Batch = Small, TargetEntropy = 9, HotShare = 0.06, ColdShare = 0 });
        After(learner, 1);
        Assert.Equal(1.2, Figure(learner, "thermostat_temperature"));
        Assert.Equal(2, Figure(learner, "extra_answers"));                       // 6 % of 32, of the right ones of the eight drawn
        var high = Predecessor(task, task.Model(), new() { Batch = Small, TargetEntropy = 0.01, HotShare = 0.1, ColdShare = 0.04 });
        After(high, 1);
        Assert.Equal(0.8, Figure(high, "thermostat_temperature"));
        Assert.Equal(1, Figure(high, "extra_answers"));
    }

    // A policy that has entropy to gain.
    private static LanguageModel Sharpened(DigitTask task)
    {
        var model = task.Model();
        var learner = Method(task, model, new() { Batch = Small with { LearningRate = 3e-2 }, TargetFraction = 0.3, LargestError = 1 });
        After(learner, 15);
        return model;
    }
}
