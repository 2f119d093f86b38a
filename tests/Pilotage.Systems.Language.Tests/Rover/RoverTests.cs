using System.Buffers;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Models;
using Pilotage.Systems.Language.Rover;
using Pilotage.Systems.Language.Tests.Baselines;
using Xunit;
using Learner = Pilotage.Systems.Language.Rover.Rover;

namespace Pilotage.Systems.Language.Tests.Rover;

public sealed class RoverTests
{
    private static readonly GroupBatchConfig Small = new() { Prompts = 4, GroupSize = 4, Epochs = 2, Minibatches = 2, LearningRate = 1e-2, TokenBudget = 40 };

    private static Learner Make(RoverLearnerConfig config, LanguageModel? model = null, LetterTask? task = null)
    {
        (model, task) = (model ?? LetterTask.Model(), task ?? new());
        return new(config, model, task.Sampler(model), task.Stream(), SeedTree.Root(1));
    }

    private static double Figure(Learner learner, string name) => learner.Diagnostics.Single(figure => figure.Key == name).Value;

    [Fact]
    public void Iterate_OneUpdate_HasNoSuccessorYetAndDoesNotSeeItsWeight()
    {
        var once = Small with { Epochs = 1, Minibatches = 1 };
        var (with, without) = (LetterTask.Model(), LetterTask.Model());
        var learner = Make(new() { Batch = once }, with);
        learner.Iterate(TestContext.Current.CancellationToken);
        Make(new() { Batch = once, SuccessorWeight = 0 }, without).Iterate(TestContext.Current.CancellationToken);
        Assert.Equal(without.Parameters.Values, with.Parameters.Values);
        Assert.Equal(0, Figure(learner, "successor_value"));                              // bit for bit: the old means are those of the same forward pass
        Assert.Equal(1, Figure(learner, "ratio_mean"));
    }

    [Fact]
    public void Iterate_SeveralUpdates_SeeTheSuccessor()
    {
        var (with, without) = (LetterTask.Model(), LetterTask.Model());
        var learner = Make(new() { Batch = Small }, with);
        learner.Iterate(TestContext.Current.CancellationToken);
        Make(new() { Batch = Small, SuccessorWeight = 0 }, without).Iterate(TestContext.Current.CancellationToken);
        Assert.NotEqual(without.Parameters.Values.ToArray(), with.Parameters.Values.ToArray());
        Assert.NotEqual(0, Figure(learner, "successor_value"));
    }

    [Fact]
    public void Iterate_EqualRewards_LeavesAFreshPolicyAloneAndTellsTheShare()
    {
        var model = LetterTask.Model();
        var before = model.Parameters.Values.ToArray();
        var learner = Make(new() { Batch = Small }, model, new((_, _) => 1));
        learner.Iterate(TestContext.Current.CancellationToken);
        Assert.Equal(before, model.Parameters.Values);
        Assert.Equal(1, Figure(learner, "level_groups"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void Iterate_OnLetters_Learns(double clipRadius)
    {
        var model = LetterTask.Model();
        var learner = Make(new() { Batch = Small with { GroupSize = 8, TokenBudget = 4096 }, ClipRadius = clipRadius }, model);
        for (var step = 0; step < 80; step++) learner.Iterate(TestContext.Current.CancellationToken);
        Assert.True(new LetterTask().Success(model) > 0.7, $"ended at {new LetterTask().Success(model)}");
    }

    [Fact]
    public void Iterate_PartsOfAnyBudget_GiveTheSameUpdateUpToRounding()
    {
        var (whole, parts) = (LetterTask.Model(), LetterTask.Model());
        Make(new() { Batch = Small with { TokenBudget = 4096 } }, whole).Iterate(TestContext.Current.CancellationToken);
        Make(new() { Batch = Small with { TokenBudget = 12 } }, parts).Iterate(TestContext.Current.CancellationToken);
        // Where a gradient is rounding alone Adam makes a step of it: of biases that no softmax sees.
        var (a, b) = (whole.Parameters.Values.ToArray(), parts.Parameters.Values.ToArray());
        Assert.InRange(a.Zip(b).Count(pair => Math.Abs(pair.First - pair.Second) > 1e-3f), 0, a.Length / 30);
    }

    [Fact]
    public void SaveLoad_BetweenSteps_ContinuesBitForBit()
    {
        var (straight, token) = (Make(new() { Batch = Small }), TestContext.Current.CancellationToken);
        for (var step = 0; step < 2; step++) straight.Iterate(token);
        var bytes = new ArrayBufferWriter<byte>();
        straight.Save(bytes);
        var resumed = Make(new() { Batch = Small }, LetterTask.Model(77));
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
    }

    [Fact]
    public void Settings_AnswersAlone_AreRefused() =>
        Assert.Contains("nothing to learn", Assert.Single(new RoverLearnerConfig { Batch = new() { GroupSize = 1 } }.Problems()), StringComparison.Ordinal);
}
