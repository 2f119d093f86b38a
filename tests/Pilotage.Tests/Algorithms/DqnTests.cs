using System.Buffers;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms;

public sealed class DqnTests
{
    private static readonly DqnConfig Small = new() { Steps = 100_000, Capacity = 2_000, LearningStarts = 100, BatchSize = 16, Hidden = [16], TargetPeriod = 50 };

    [Theory]
    [InlineData(1, true, false, 0.0)]
    [InlineData(3, false, false, 0.0)]
    [InlineData(1, true, true, 0.6)]
    public void Iterate_TimeLimit_BootstrapsThroughIt(int bootstrapSteps, bool isDouble, bool isDueling, double exponent)
    {
        // Q of both actions in the later frames with gamma 0.8: 1 / (1 - 0.8) = 5. Taking the limit for an end would give at most 2.44, the next first frame 3.95.
        var config = Small with { Discount = 0.8, BootstrapSteps = bootstrapSteps, DoubleQ = isDouble, LearningRate = 5e-3, Dueling = isDueling, Priority = new() { Exponent = exponent } };
        var dqn = new Dqn(config, new VectorEnvironment<EndlessIncome>(new EndlessIncome[1], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 20; i++) dqn.Iterate();

        Span<float> values = stackalloc float[2];
        ((Pilotage.Policies.QNetwork)dqn.Policy).Values([1], values);
        Assert.Equal(5, values[0], 0.15);
        Assert.Equal(5, values[1], 0.15);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Iterate_MaskedNextFrame_BootstrapsFromLegalActionsAlone(bool isDouble)
    {
        // With gamma 0.8 and the illegal action in the target the values would be 40 and 50.
        var config = Small with { Discount = 0.8, DoubleQ = isDouble, LearningRate = 5e-3 };
        var dqn = new Dqn(config, new VectorEnvironment<OnlyOnce>(new OnlyOnce[1], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 20; i++) dqn.Iterate();

        Span<float> values = stackalloc float[2];
        ((Pilotage.Policies.QNetwork)dqn.Policy).Values([1], values);
        Assert.Equal(0, values[0], 0.3);
        Assert.Equal(10, values[1], 0.3);
    }

    [Theory]
    [InlineData(false, 0.0)]
    [InlineData(true, 0.6)]
    public void Iterate_MaskedActions_LearnsTheBestLegalOne(bool isDueling, double exponent)
    {
        var config = Small with { EnvironmentCount = 2, LearningRate = 3e-3, Steps = 10_000, Dueling = isDueling, Priority = new() { Exponent = exponent } };
        var dqn = new Dqn(config, new VectorEnvironment<MaskedBandit>(new MaskedBandit[2], SeedTree.Root(3)), SeedTree.Root(3));
        while (dqn.Steps < 10_000) dqn.Iterate();

        var returns = PolicyEvaluation.Run(dqn.Policy, (rows, seeds) => new VectorEnvironment<MaskedBandit>(new MaskedBandit[rows], seeds), 400, SeedTree.Root(9).Evaluation);
        // Which action pays where the best is forbidden depends on the same observation, so the forbidden ones' values settle between; the mask does the rest.
        Assert.True(returns.Mean > 0.95, $"mean return {returns.Mean}");
    }

    [Theory]
    [InlineData(false, 0.0)]
    [InlineData(true, 0.6)]
    public void Load_OfACheckpoint_ContinuesBitForBit(bool isDueling, double exponent)
    {
        var config = Small with { BootstrapSteps = 3, EnvironmentCount = 2, Dueling = isDueling, Priority = new() { Exponent = exponent } };
        Dqn Make() => new(config, new VectorEnvironment<CartPole>(new CartPole[2], SeedTree.Root(5)), SeedTree.Root(5));
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
        var dqn = new Dqn(Small, new VectorEnvironment<CartPole>(new CartPole[1], SeedTree.Root(42)), SeedTree.Root(42));
        for (var i = 0; i < 3; i++) dqn.Iterate();

        Snapshot.Matches(ParameterHash.Of(dqn.Weights), "trace");
    }

    [Fact]
    public void Iterate_TinyRunWithEverything_LeavesTheSameTrace()
    {
        var config = Small with { Dueling = true, BootstrapSteps = 2, Priority = new() { Exponent = 0.6 }, Hidden = [16, 16] };
        var dqn = new Dqn(config, new VectorEnvironment<CartPole>(new CartPole[1], SeedTree.Root(42)), SeedTree.Root(42));
        for (var i = 0; i < 3; i++) dqn.Iterate();

        Snapshot.Matches(ParameterHash.Of(dqn.Weights), "trace_everything");
    }

    [Fact]
    public void Iterate_Prioritised_DrawsWhatSurprises()
    {
        // One episode in eight pays 8, which a network that hardly moves keeps being wrong about: it should be met more often than one time in eight.
        double Surprise(double exponent)
        {
            var config = Small with { Priority = new() { Exponent = exponent, InitialImportance = 0 }, LearningStarts = 1_000, TargetPeriod = 100_000, LearningRate = 1e-5 };
            var dqn = new Dqn(config, new VectorEnvironment<Lottery>(new Lottery[1], SeedTree.Root(3)), SeedTree.Root(3));
            for (var i = 0; i < 6; i++) dqn.Iterate();
            return dqn.Diagnostics.Single(figure => figure.Key == "td_loss").Value;
        }

        Assert.True(Surprise(0.9) > 1.3 * Surprise(0), $"{Surprise(0.9)} against {Surprise(0)}");
    }

    [Fact]
    public void Iterate_SteadyState_AllocatesNothingPerUpdate()
    {
        var config = Small with { Dueling = true, Priority = new() { Exponent = 0.6 } };
        long Bytes(int updates)
        {
            var dqn = new Dqn(config with { UpdatesPerPeriod = updates }, new VectorEnvironment<CartPole>(new CartPole[1], SeedTree.Root(42)), SeedTree.Root(42));
            return Allocations.Fewest(dqn.Iterate, repetitions: 1, warmUp: 3);
        }

        Assert.Equal(Bytes(1), Bytes(2));                                                // an iteration makes its list of figures, whatever the updates in it
    }

    [Fact]
    public void Constructor_ContinuousActions_IsRefusedWithAWayOut()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new Dqn(Small, EnvironmentCatalog.Find("Pendulum-v1").Create(1, SeedTree.Root(1)), SeedTree.Root(1)));

        Assert.Contains("Pendulum-v1", mistake.Message, StringComparison.Ordinal);
    }
}
