using System.Buffers;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Experience;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms;

public sealed class QrDqnTests
{
    private static readonly QrDqnConfig Small = new() { Steps = 100_000, Capacity = 2_000, LearningStarts = 100, BatchSize = 16, Hidden = [16], TargetPeriod = 50, Quantiles = 4 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Iterate_AChancyReward_LearnsItsQuantiles(bool isPrioritised)
    {
        // Action 1 pays 8 in a quarter of the episodes: of four quantiles the uppermost, at 7/8, is 8, the others 0. Importance weights undo the unequal drawing.
        var config = Small with
        {
            Steps = 5_120,
            LearningRate = 3e-3,
            AnnealLearningRate = true,
            FinalExploration = 1,
            BatchSize = 32,
            Dueling = isPrioritised,
            Priority = new() { Exponent = isPrioritised ? 0.6 : 0, InitialImportance = 1 },
            HuberThreshold = 0.1,
        };
        var learner = new QrDqn(config, new VectorEnvironment<Lottery>(new Lottery[2], SeedTree.Root(3)), SeedTree.Root(3));
        while (learner.Steps < config.Steps) learner.Iterate();

        var quantiles = Quantiles(learner, 1);
        float[] wanted = [1, 1, 1, 1, 0, 0, 0, 8];
        for (var i = 0; i < 8; i++) Assert.Equal(wanted[i], quantiles[i], 0.5f);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, false)]
    public void Iterate_TimeLimit_BootstrapsThroughIt(int bootstrapSteps, bool isDouble)
    {
        // Every quantile of the later frames with gamma 0.8: 1 / (1 - 0.8) = 5. Taking the limit for an end would give at most 2.44, the next first frame 3.95.
        var config = Small with { Discount = 0.8, BootstrapSteps = bootstrapSteps, DoubleQ = isDouble, LearningRate = 5e-3 };
        var learner = new QrDqn(config, new VectorEnvironment<EndlessIncome>(new EndlessIncome[1], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 20; i++) learner.Iterate();

        foreach (var quantile in Quantiles(learner, 1)) Assert.Equal(5, quantile, 0.25f);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Iterate_MaskedNextFrame_BootstrapsFromLegalActionsAlone(bool isDouble)
    {
        // With gamma 0.8 and the illegal action in the target the values would be 40 and 50.
        var config = Small with { Discount = 0.8, DoubleQ = isDouble, LearningRate = 5e-3 };
        var learner = new QrDqn(config, new VectorEnvironment<OnlyOnce>(new OnlyOnce[1], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 20; i++) learner.Iterate();

        Span<float> values = stackalloc float[2];
        ((QNetwork)learner.Policy).Values([1], values);
        Assert.Equal(0, values[0], 0.5);
        Assert.Equal(10, values[1], 0.5);
    }

    [Fact]
    public void Iterate_MaskedActions_LearnsTheBestLegalOne()
    {
        var config = Small with { EnvironmentCount = 2, LearningRate = 3e-3, Steps = 10_000 };
        var learner = new QrDqn(config, new VectorEnvironment<MaskedBandit>(new MaskedBandit[2], SeedTree.Root(3)), SeedTree.Root(3));
        while (learner.Steps < config.Steps) learner.Iterate();

        var returns = PolicyEvaluation.Run(learner.Policy, (rows, seeds) => new VectorEnvironment<MaskedBandit>(new MaskedBandit[rows], seeds), 400, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > 0.95, $"mean return {returns.Mean}");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.6)]
    public void Load_OfACheckpoint_ContinuesBitForBit(double exponent)
    {
        var config = Small with { BootstrapSteps = 3, EnvironmentCount = 2, Priority = new() { Exponent = exponent }, Dueling = exponent > 0 };
        QrDqn Make() => new(config, new VectorEnvironment<CartPole>(new CartPole[2], SeedTree.Root(5)), SeedTree.Root(5));
        var whole = Make();
        for (var i = 0; i < 3; i++) whole.Iterate();
        var writer = new ArrayBufferWriter<byte>();
        whole.Save(writer);
        for (var i = 0; i < 3; i++) whole.Iterate();

        var resumed = Make();
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        resumed.Load(ref reader);
        for (var i = 0; i < 3; i++) resumed.Iterate();

        Assert.Equal(0, reader.Remaining);
        Assert.Equal(ParameterHash.Of(whole.Weights), ParameterHash.Of(resumed.Weights));
        Assert.Equal(whole.Diagnostics, resumed.Diagnostics);
    }

    [Fact]
    public void Iterate_TinyRun_LeavesTheSameTrace()
    {
        var learner = new QrDqn(Small, new VectorEnvironment<CartPole>(new CartPole[1], SeedTree.Root(42)), SeedTree.Root(42));
        for (var i = 0; i < 3; i++) learner.Iterate();

        Snapshot.Matches(ParameterHash.Of(learner.Weights), "trace");
    }

    [Fact]
    public void Iterate_SteadyState_AllocatesNothingPerUpdate()
    {
        var config = Small with { Priority = new() { Exponent = 0.6 }, Dueling = true };
        long Bytes(int updates)
        {
            var learner = new QrDqn(config with { UpdatesPerPeriod = updates }, new VectorEnvironment<CartPole>(new CartPole[1], SeedTree.Root(42)), SeedTree.Root(42));
            return Allocations.Fewest(learner.Iterate, repetitions: 1, warmUp: 3);
        }

        Assert.Equal(Bytes(1), Bytes(2));                                                // an iteration makes its list of figures, whatever the updates in it
    }

    [Fact]
    public void WarmStart_AHeuristic_IsFollowedBeforeTheFirstStep()
    {
        var entry = EnvironmentCatalog.Find("CartPole-v1");
        var shown = DemonstrationRecorder.Record(entry.CreateHeuristic(), entry.Create(2, SeedTree.Root(7)), 1_000, SeedTree.Root(7));
        var learner = new QrDqn(Small with { BatchSize = 32, Hidden = [32] }, entry.Create(1, SeedTree.Root(3)), SeedTree.Root(3));
        learner.WarmStart(shown, SeedTree.Root(4));

        var actions = new ActionBatch(entry.Spec.Actions, shown.Count);
        var random = new Randomness(1);
        learner.Policy.Act(new(shown.Count, shown.Observations), PolicyMemory.None, ref random, actions);
        var same = 0;
        for (var i = 0; i < shown.Count; i++) same += actions.Indices[i] == shown.ActionIndices[i] ? 1 : 0;
        Assert.True(same > 0.7 * shown.Count, $"{same} of {shown.Count}");                   // chance is a half, give or take 1.6 % of a thousand
        Assert.Equal(0, learner.Steps);
    }

    [Fact]
    public void Constructor_ContinuousActions_IsRefusedWithAWayOut()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new QrDqn(Small, EnvironmentCatalog.Find("Pendulum-v1").Create(1, SeedTree.Root(1)), SeedTree.Root(1)));

        Assert.Contains("Pendulum-v1", mistake.Message, StringComparison.Ordinal);
    }

    /// <summary>All quantiles of both actions where the observation is one number.</summary>
    private static float[] Quantiles(QrDqn learner, float observation)
    {
        using var step = Step.Begin();
        var quantiles = new float[2 * 4];
        ((QNetwork)learner.Policy).ForwardQuantiles(Tensor.From([observation], 1, 1)).CopyTo(quantiles);
        return quantiles;
    }
}
