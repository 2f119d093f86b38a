using System.Buffers;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Systems.Language.DcpoDistribution;
using Pilotage.Systems.Language.Gbpo;
using Pilotage.Tensors;
using Xunit;
using Learner = Pilotage.Systems.Language.Gbpo.Gbpo;

namespace Pilotage.Systems.Language.Tests.Gbpo;

public sealed class GbpoTests
{
    private static readonly GroupBatchConfig Small = new() { Prompts = 4, GroupSize = 8, LearningRate = 1e-2 };

    private static Learner Make(DigitTask task, LanguageModel model, GbpoConfig config) => new(config, model, task.Sampler(model), task.Stream(), SeedTree.Root(1));

    private static double Figure(ILanguageLearner learner, string name) => learner.Diagnostics.Single(figure => figure.Key == name).Value;

    private static float[] After(ILanguageLearner learner, int steps)
    {
        for (var step = 0; step < steps; step++) learner.Iterate(TestContext.Current.CancellationToken);
        return learner.Model.Parameters.Values.ToArray();
    }

    [Theory]
    [InlineData(true, GbpoLoss.Atv, 0.0)]
    [InlineData(false, GbpoLoss.Tv, 0.1)]
    [InlineData(true, GbpoLoss.Kl, 0.1)]
    public void SaveLoad_BetweenSteps_ContinuesBitForBit(bool useMedian, GbpoLoss loss, double reference)
    {
        var task = DigitTask.Parity();
        var config = new GbpoConfig { Batch = Small with { Epochs = 2, Minibatches = 2, TokenBudget = 60 }, UseMedian = useMedian, Loss = loss, ReferenceWeight = reference, EntropyWeight = 0.01 };
        var straight = Make(task, task.Model(), config);
        After(straight, 2);
        var bytes = new ArrayBufferWriter<byte>();
        straight.Save(bytes);

        var resumed = Make(task, task.Model(77), config);
        var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
        resumed.Load(ref reader);

        Assert.True(reader.End);
        Assert.Equal(After(straight, 2), After(resumed, 2));
        Assert.Equal(straight.Diagnostics, resumed.Diagnostics);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Iterate_OnTheEchoTask_Learns(bool useMedian)
    {
        var task = DigitTask.Echo();
        var learner = Make(task, task.Model(), new() { Batch = Small with { Epochs = 4 }, UseMedian = useMedian });
        var before = task.Sampler(learner.Model).Sample(task.Problems(default), 64, SeedTree.Root(9), 0).Average(group => group.Rewards.Average());
        After(learner, 40);
        var after = task.Sampler(learner.Model).Sample(task.Problems(default), 64, SeedTree.Root(9), 0).Average(group => group.Rewards.Average());
        Assert.True(before < 0.4 && after > 0.65, $"{before:0.00} to {after:0.00}");
    }

    [Fact]
    public void Iterate_OneStepOnGroupsOfTwo_MovesAsGrpoDoes()
    {
        // With one right and one wrong answer the median lies between them: at ratio 1 the slope is that of the clipped objective, -A for both.
        var (task, batch) = (DigitTask.Parity(), Small with { GroupSize = 2, Prompts = 16 });
        var clipped = task.Model();
        var expected = After(new EntropyRegularized(new() { Batch = batch, EntropyWeight = 0 }, clipped, task.Sampler(clipped), task.Stream(), SeedTree.Root(1)), 1);
        var moved = After(Make(task, task.Model(), new() { Batch = batch }), 1);
        for (var i = 0; i < moved.Length; i++) Assert.Equal(expected[i], moved[i], 1e-5f);
        Assert.NotEqual(task.Model().Parameters.Values.ToArray(), moved);
    }

    [Fact]
    public void Iterate_TwoPasses_IsTheUpdateWrittenByHand()
    {
        // The same answers; targets by counting who is right: a minority of right ones goes to 1 + eps_h, a minority of wrong ones to 1 - eps_l, halves to both, a majority to the middle of the band, which is 1 where it is symmetric.
        var (task, seeds) = (DigitTask.Parity(), SeedTree.Root(1));
        var copy = task.Model();
        var groups = task.Sampler(copy).Sample(task.Stream().Take(4), 8, seeds.Actions.Branch(0), 0);
        var rows = TokenRow.Of(groups, (rewards, advantages) => Credit.GroupScores.Standardize(rewards, advantages));
        Assert.Contains(groups, group => !group.IsLevel);
        rows = [.. rows.Select(row =>
        {
            var right = groups[row.Group].Responses.Count(response => response.Reward > 0);
            var target = row.Reward > 0 ? (right <= 4 ? 1.5f : 1.15f) : right >= 4 ? 0.8f : 1.15f;
            return row with { Targets = [.. Enumerable.Repeat(target, row.Response.Length)] };
        })];
        var optimizer = new Adam(copy.Parameters, 1e-2);
        for (var pass = 0; pass < 2; pass++)
            optimizer.Descend(new TokenBatch(rows), part => part.Aggregate((part.LogRatio(copy.Forward(part.Sequences)).Exp() - part.Targets).Abs() * part.Advantages.Abs()), 1, 4096);

        var moved = After(Make(task, task.Model(), new() { Batch = Small with { Epochs = 2 }, LowerRadius = 0.2, UpperRadius = 0.5 }), 1);

        for (var i = 0; i < moved.Length; i++) Assert.Equal(copy.Parameters.Values[i], moved[i], 1e-5f);
    }

    [Fact]
    public void Iterate_OneRightOfEight_LeavesTheMajorityWhereItIs()
    {
        // The wrong ones have the median reward: target exactly 1, no slope at ratio 1. Around the mean they would go to the lower end of the band.
        var turn = 0;
        var task = new DigitTask((_, _) => turn++ % 8 == 0 ? 1 : 0);
        var batch = Small with { Prompts = 1, LearningRate = 1e-4 };
        float[] Moves(bool useMedian)
        {
            turn = 0;
            var model = task.Model();
            var groups = task.Sampler(model).Sample(task.Stream().Take(1), 8, SeedTree.Root(1).Actions.Branch(0), 0);
            turn = 0;
            After(Make(task, model, new() { Batch = batch, UseMedian = useMedian }), 1);
            var rows = TokenRow.Of(groups, (_, advantages) => advantages.Clear());
            return [.. rows.Select(row => ReferencePolicy.LogProbabilities(model, new([new(row.Prompt, row.Response)])).Sum() - row.LogProbabilities.Sum())];
        }
        var (median, mean) = (Moves(true), Moves(false));
        Assert.True(median[0] > 0 && mean[0] > 0, "the right answer rises");
        Assert.True(mean[1..].Average() < median[1..].Average(), $"{mean[1..].Average()} {median[1..].Average()}");
    }

    [Fact]
    public void Iterate_AllRewardsEqual_MovesNothing()
    {
        var task = new DigitTask((_, _) => 1);
        var model = task.Model();
        var before = model.Parameters.Values.ToArray();
        Assert.Equal(before, After(Make(task, model, new() { Batch = Small with { Epochs = 3 } }), 2));
    }

    [Fact]
    public void Iterate_ManyPasses_KeepsRatiosNearerToTheBandThanGrpo()
    {
        var (task, batch) = (DigitTask.Parity(), Small with { Epochs = 20, GroupSize = 16 });
        var bounded = Make(task, task.Model(), new() { Batch = batch, LowerRadius = 0.2, UpperRadius = 0.2 });
        After(bounded, 1);
        var model = task.Model();
        var clipped = new Grpo(new() { Batch = batch, ClipRadius = 0.2, ReferenceWeight = 0 }, model, task.Sampler(model), task.Stream(), SeedTree.Root(1));
        After(clipped, 1);
        Assert.True(Figure(bounded, "ratio_spread_p99") < 0.7 * Figure(clipped, "ratio_spread_p99"), $"{Figure(bounded, "ratio_spread_p99")} {Figure(clipped, "ratio_spread_p99")}");
    }

    [Theory]
    [InlineData("lowerRadius", "1")]
    [InlineData("lowerRadius", "0")]
    [InlineData("upperRadius", "0")]
    [InlineData("temperature", "0")]
    [InlineData("temperature", "-1")]
    [InlineData("loss", "huber")]
    public void Schema_OutOfRange_IsRefused(string name, string text) =>
        Assert.Throws<UserMistakeException>(() => Settings.SettingsBinder.Bind(GbpoConfig.Schema, GbpoConfig.Schema.Default, new Settings.SettingSource([new(name, text, "--set")])));

    [Fact]
    public void Problems_GroupOfOne_IsRefused() => Assert.Contains("at least 2", Assert.Single(new GbpoConfig { Batch = new() { GroupSize = 1 } }.Problems()), StringComparison.Ordinal);
}
