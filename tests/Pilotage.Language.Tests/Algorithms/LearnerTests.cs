using System.Buffers;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Tests.Groups;
using Xunit;

namespace Pilotage.Language.Tests.Algorithms;

public sealed class LearnerTests
{
    private static readonly GroupBatchConfig Small = new() { Prompts = 4, GroupSize = 4, Epochs = 2, Minibatches = 2, LearningRate = 1e-2, TokenBudget = 40 };

    private static readonly Dictionary<string, Func<EchoTask, LanguageModel, GroupBatchConfig, ILanguageLearner>> Learners = new()
    {
        ["reinforce"] = (task, model, batch) => new Reinforce(new() { Batch = batch }, model, task.Sampler(model), task.Stream(), SeedTree.Root(1)),
        ["reinforce++"] = (task, model, batch) => new ReinforcePlusPlus(new() { Batch = batch }, model, task.Sampler(model), task.Stream(), SeedTree.Root(1)),
        ["rloo"] = (task, model, batch) => new Rloo(new() { Batch = batch }, model, task.Sampler(model), task.Stream(), SeedTree.Root(1)),
        ["grpo"] = (task, model, batch) => new Grpo(new() { Batch = batch }, model, task.Sampler(model), task.Stream(), SeedTree.Root(1)),
        ["dr-grpo"] = (task, model, batch) => new DrGrpo(new() { Batch = batch }, model, task.Sampler(model), task.Stream(), SeedTree.Root(1)),
        ["dapo"] = (task, model, batch) => new Dapo(new() { Batch = batch }, model, task.Sampler(model), task.Stream(), SeedTree.Root(1)),
        ["gspo"] = (task, model, batch) => new Gspo(new() { Batch = batch, LowerRadius = 0.1, UpperRadius = 0.1 }, model, task.Sampler(model), task.Stream(), SeedTree.Root(1)),
        ["ppo"] = (task, model, batch) => new TokenPpo(new() { Batch = batch }, model, task.Sampler(model), task.Stream(), SeedTree.Root(1)),
    };

    public static TheoryData<string> Names => [.. Learners.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Iterate_OnTheEchoTask_Learns(string name)
    {
        var model = EchoTask.Model();
        var learner = Learners[name](new(), model, Small with { GroupSize = 8, Epochs = 1, Minibatches = 1, LearningRate = 1e-2, TokenBudget = 4096 });
        var rewards = new List<double>();
        for (var step = 0; step < 100; step++)
        {
            learner.Iterate(TestContext.Current.CancellationToken);
            rewards.AddRange(learner.Diagnostics.Where(figure => figure.Key == "reward").Select(figure => figure.Value));
        }
        Assert.True(rewards[0] < 0.5, $"began at {rewards[0]}");
        // Groups without a difference are left out by dynamic sampling, so that its rewards stay near a half and in the end nothing is learned from.
        if (name == "dapo") Assert.Contains(learner.Diagnostics, figure => figure.Key == "groups_drawn");
        Assert.True(Success(learner.Model) > 0.65, $"ended at {Success(learner.Model)}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SaveLoad_BetweenSteps_ContinuesBitForBit(string name)
    {
        var (task, token) = (new EchoTask(), TestContext.Current.CancellationToken);
        var straight = Learners[name](task, EchoTask.Model(), Small);
        for (var step = 0; step < 2; step++) straight.Iterate(token);
        var bytes = new ArrayBufferWriter<byte>();
        straight.Save(bytes);

        var resumed = Learners[name](task, EchoTask.Model(77), Small);
        var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
        resumed.Load(ref reader);
        Assert.True(reader.End);
        for (var step = 0; step < 2; step++)
        {
            straight.Iterate(token);
            resumed.Iterate(token);
        }
        Assert.Equal(4, resumed.Steps);
        Assert.Equal(straight.Model.Parameters.Values, resumed.Model.Parameters.Values);
        Assert.Equal(straight.Diagnostics, resumed.Diagnostics);
    }

    [Theory]
    [InlineData("grpo")]
    [InlineData("dr-grpo")]
    [InlineData("rloo")]
    [InlineData("gspo")]
    [InlineData("dapo")]
    public void Iterate_AllRewardsEqual_ChangesNothingAndSaysSo(string name)
    {
        var model = EchoTask.Model();
        var before = model.Parameters.Values.ToArray();
        var learner = Learners[name](new((_, _) => 1), model, Small with { Epochs = 1, Minibatches = 1 });
        learner.Iterate(TestContext.Current.CancellationToken);
        Assert.Equal(before, model.Parameters.Values);
        Assert.Equal(1, learner.Diagnostics.Single(figure => figure.Key == "level_groups").Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Iterate_FirstUpdate_HasRatiosOfExactlyOne(string name)
    {
        var learner = Learners[name](new(), EchoTask.Model(), Small with { Epochs = 1, Minibatches = 1 });
        learner.Iterate(TestContext.Current.CancellationToken);
        Assert.Equal(1, learner.Diagnostics.Single(figure => figure.Key == "ratio_mean").Value);
        Assert.Equal(0, learner.Diagnostics.Single(figure => figure.Key == "ratio_variance").Value);
    }

    private static double Success(LanguageModel model) =>
        new EchoTask().Sampler(model).Sample(new EchoTask().Problems(Language.Tasks.Split.Test), 16, SeedTree.Root(99), 0).Average(group => group.Rewards.Average());
}
