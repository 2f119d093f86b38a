using System.Buffers;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Models;
using Pilotage.Systems.Language.R2vpo;
using Pilotage.Systems.Language.Tests.Baselines;
using Xunit;
using Learner = Pilotage.Systems.Language.R2vpo.R2vpo;

namespace Pilotage.Systems.Language.Tests.R2vpo;

public sealed class R2vpoTests
{
    private static readonly GroupBatchConfig Small = new() { Prompts = 4, GroupSize = 4, Epochs = 2, Minibatches = 2, LearningRate = 1e-2, TokenBudget = 40 };

    private static Learner Make(R2vpoLearnerConfig config, LanguageModel? model = null, LetterTask? task = null)
    {
        (model, task) = (model ?? LetterTask.Model(), task ?? new());
        return new(config, model, task.Sampler(model), task.Stream(), SeedTree.Root(1));
    }

    private static double Figure(Learner learner, string name) => learner.Diagnostics.Single(figure => figure.Key == name).Value;

    [Fact]
    public void Iterate_OneUpdateFromFreshAnswers_IsTheClipsUpdateAndLetsTheMultiplierFall()
    {
        // At ratio 1 clip and bound have one gradient, whatever the multiplier.
        var batch = Small with { Epochs = 1, Minibatches = 1 };
        var (mine, other) = (LetterTask.Model(), LetterTask.Model());
        var learner = Make(new() { Batch = batch }, mine);
        learner.Iterate(TestContext.Current.CancellationToken);
        var baseline = new Pilotage.Systems.Language.Baselines.GroupReplay(Pilotage.Systems.Language.Baselines.GroupReplay.Clipped(0.2f, 0.2f), batch, new(), other, new LetterTask().Sampler(other), new LetterTask().Stream(), SeedTree.Root(1));
        baseline.Iterate(TestContext.Current.CancellationToken);
        Assert.Equal(other.Parameters.Values, mine.Parameters.Values);
        Assert.Equal(1, Figure(learner, "ratio_mean"));
        Assert.Equal(0, Figure(learner, "constrained_variance"));
        Assert.Equal(1 - 0.5 * 0.04, learner.Multipliers.Single(), 1e-12);
    }

    [Fact]
    public void Iterate_EqualRewards_LeavesAFreshPolicyAlone()
    {
        var task = new LetterTask((_, _) => 1);
        var model = LetterTask.Model();
        var before = model.Parameters.Values.ToArray();
        Make(new() { Batch = Small }, model, task).Iterate(TestContext.Current.CancellationToken);
        Assert.Equal(before, model.Parameters.Values);
    }

    [Fact]
    public void Iterate_OnLetters_Learns()
    {
        var model = LetterTask.Model();
        var learner = Make(new() { Batch = Small with { GroupSize = 8, TokenBudget = 4096 } }, model);
        for (var step = 0; step < 60; step++) learner.Iterate(TestContext.Current.CancellationToken);
        Assert.True(new LetterTask().Success(model) > 0.8, $"ended at {new LetterTask().Success(model)}");
    }

    [Fact]
    public void Iterate_TightBound_MovesRatiosLessThanNone()
    {
        double Variance(RatioVarianceConfig constraint)
        {
            var learner = Make(new() { Batch = Small with { Epochs = 4, GroupSize = 8 }, Constraint = constraint });
            var sum = 0.0;
            for (var step = 0; step < 12; step++)
            {
                learner.Iterate(TestContext.Current.CancellationToken);
                sum += Figure(learner, "ratio_variance");
            }
            return sum;
        }
        Assert.True(Variance(new() { Bound = 0.001, InitialMultiplier = 10, MultiplierRate = 50 }) < 0.5 * Variance(new() { InitialMultiplier = 0, MultiplierRate = 0 }));
    }

    [Fact]
    public void Iterate_Stored_AreLearnedFromWithTheirOwnProbabilitiesAndAges()
    {
        var learner = Make(new() { Batch = Small, Replay = new() { Share = 0.5, MaximumAge = 2 } });
        learner.Iterate(TestContext.Current.CancellationToken);
        Assert.Equal(0, Figure(learner, "age"));                                          // nothing is stored before the first step
        for (var step = 0; step < 5; step++) learner.Iterate(TestContext.Current.CancellationToken);
        Assert.InRange(Figure(learner, "age"), 0.5, 1);                                   // half are fresh, half of age 1 or 2
        Assert.Contains(learner.Diagnostics, figure => figure.Key == "weight_age_1");
        Assert.DoesNotContain(learner.Diagnostics, figure => figure.Key == "weight_age_3");
        Assert.True(Figure(learner, "ratio_variance") > 0);
    }

    [Fact]
    public void Iterate_BoundForEachAge_HasAMultiplierForEach()
    {
        var learner = Make(new() { Batch = Small, Replay = new() { Share = 0.5, MaximumAge = 2 }, Constraint = new() { Scope = ConstraintScope.PerAge, Bound = 0.01 } });
        for (var step = 0; step < 6; step++) learner.Iterate(TestContext.Current.CancellationToken);
        Assert.Equal(3, learner.Multipliers.Count);
        Assert.Equal(3, learner.Multipliers.Distinct().Count());
        Assert.True(learner.Multipliers[2] > learner.Multipliers[0]);                     // the stalest have moved furthest
    }

    [Fact]
    public void Iterate_RatioOfWholeAnswers_VariesLess()
    {
        double Variance(RatioLevel level)
        {
            var learner = Make(new() { Batch = Small with { GroupSize = 8 }, RatioLevel = level });
            learner.Iterate(TestContext.Current.CancellationToken);
            return Figure(learner, "constrained_variance");
        }
        var sequence = Variance(RatioLevel.Sequence);
        Assert.InRange(sequence, 1e-12, Variance(RatioLevel.Token));
    }

    [Theory]
    [InlineData(ConstraintScope.Global)]
    [InlineData(ConstraintScope.PerAge)]
    public void SaveLoad_BetweenSteps_ContinuesBitForBit(ConstraintScope scope)
    {
        var config = new R2vpoLearnerConfig { Batch = Small, Replay = new() { Share = 0.5 }, Constraint = new() { Scope = scope } };
        var (straight, token) = (Make(config), TestContext.Current.CancellationToken);
        for (var step = 0; step < 3; step++) straight.Iterate(token);
        var bytes = new ArrayBufferWriter<byte>();
        straight.Save(bytes);
        var resumed = Make(config, LetterTask.Model(77));
        var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
        resumed.Load(ref reader);
        Assert.True(reader.End);
        for (var step = 0; step < 2; step++)
        {
            straight.Iterate(token);
            resumed.Iterate(token);
        }
        Assert.Equal(straight.Model.Parameters.Values, resumed.Model.Parameters.Values);
        Assert.Equal(straight.Diagnostics, resumed.Diagnostics);
        Assert.Equal(straight.Multipliers, resumed.Multipliers);
    }
}
