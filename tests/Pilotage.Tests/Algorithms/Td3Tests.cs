using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms;

public sealed class Td3Tests
{
    private static readonly Td3Config Small = new() { Steps = 100_000, Capacity = 2_000, LearningStarts = 100, BatchSize = 16, Hidden = [16], LearningRate = 3e-3, TargetRate = 0.02 };

    [Fact]
    public void Iterate_TimeLimit_BootstrapsThroughIt()
    {
        // As for SAC: 1 / (1 - 0.8) = 5 in the later frames and 4 in the first, which is one in four; taking the limit for an end would give at most 2.44.
        var td3 = Make<EndlessDrift>(Small with { Discount = 0.8 });
        for (var i = 0; i < 12; i++) td3.Iterate();

        Assert.Equal(4.75, LearnerChecks.Figure(td3, "q_value"), 0.25);
        Assert.Equal(-4.75, LearnerChecks.Figure(td3, "actor_loss"), 0.4);
    }

    [Fact]
    public void Iterate_Termination_CountsNothingBeyondIt()
    {
        var td3 = Make<PaidOnce>(Small with { Discount = 0.8 });
        for (var i = 0; i < 8; i++) td3.Iterate();

        Assert.Equal(1, LearnerChecks.Figure(td3, "q_value"), 0.05);
    }

    [Fact]
    public void Iterate_ShiftedBox_FindsTheAimInTheEnvironmentsUnit()
    {
        var config = Small with { Steps = 3_000, EnvironmentCount = 2, BatchSize = 64, Hidden = [32] };
        var td3 = Make<Aim>(config, rows: 2);
        while (td3.Steps < config.Steps) td3.Iterate();

        var returns = PolicyEvaluation.Run(td3.Policy, (rows, seeds) => new VectorEnvironment<Aim>(new Aim[rows], seeds), 100, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > -0.3, $"mean return {returns.Mean}");                 // half a unit of the box's ten
    }

    [Theory]
    [InlineData(1, 157)]
    [InlineData(2, 78)]
    [InlineData(3, 52)]
    public void Iterate_PolicyDelay_UpdatesTheActorEveryFewUpdatesOfTheCritics(int delay, int updates)
    {
        // 256 steps; the first update follows the hundredth, so there are 157.
        var td3 = Make<Pendulum>(Small with { PolicyDelay = delay });
        td3.Iterate();

        Assert.Equal((157, updates), td3.Updates);
    }

    [Fact]
    public void Iterate_BeforeTheDelayIsOver_LeavesTheActorAndLearnsTheCritics()
    {
        var (fresh, td3) = (Make<Pendulum>(Small), Make<Pendulum>(Small with { PolicyDelay = 1_000 }));
        td3.Iterate();

        Assert.Equal(fresh.Actor.Parameters.Values.ToArray(), td3.Actor.Parameters.Values.ToArray());
        Assert.NotEqual(ParameterHash.Of(fresh.Weights), ParameterHash.Of(td3.Weights));
        Assert.DoesNotContain(td3.Diagnostics, figure => figure.Key == "actor_loss");
    }

    [Fact]
    public void Iterate_UpdatesPerPeriod_AreTheUpdateToDataRatio()
    {
        var td3 = Make<Pendulum>(Small with { TrainPeriod = 2, UpdatesPerPeriod = 6 });
        td3.Iterate();

        Assert.Equal(6 * 79, td3.Updates.Critics);                                        // after step 100, 102, ..., 256
    }

    [Fact]
    public void Iterate_BeforeLearningStarts_ActsUniformlyAndLearnsNothing()
    {
        var (fresh, td3) = (Make<Pendulum>(Small), Make<Pendulum>(Small with { LearningStarts = 1_000 }));
        td3.Iterate();

        Assert.Equal(ParameterHash.Of(fresh.Weights), ParameterHash.Of(td3.Weights));
        Assert.DoesNotContain(td3.Diagnostics, figure => figure.Key == "critic_loss");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_OfACheckpoint_ContinuesBitForBit(bool overlap) => LearnerChecks.ContinuesBitForBit(
        () => Make<Pendulum>(Small with { EnvironmentCount = 2, NoiseMemory = 0.9, Overlap = overlap }, rows: 2, Device.Processor(overlap ? 2 : 1)),
        (rows, seeds) => new VectorEnvironment<Pendulum>(new Pendulum[rows], seeds));

    [Fact]
    public void Iterate_TinyRun_LeavesTheSameTraceOnAnyNumberOfThreads()
    {
        string Run(Device device)
        {
            var td3 = Make<Pendulum>(Small with { BatchSize = 128, Hidden = [64, 64], TrainPeriod = 8 }, rows: 1, device);
            for (var i = 0; i < 3; i++) td3.Iterate();
            return ParameterHash.Of(td3.Weights);
        }

        Snapshot.Matches(Run(Device.Managed), "trace");
        Assert.Equal(Run(Device.Managed), Run(Device.Processor(2)));
    }

    [Fact]
    public void Iterate_TwoSeeds_DifferAndOneSeedRepeats() => LearnerChecks.GivesTheSameBits(seed => Make<Pendulum>(Small, seed: seed));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Iterate_SteadyState_AllocatesNothingPerUpdate(bool overlap)
    {
        long Bytes(int updates) => Allocations.Fewest(Make<Pendulum>(Small with { UpdatesPerPeriod = updates, Overlap = overlap }).Iterate, repetitions: 1, warmUp: 3);

        Assert.Equal(Bytes(1), Bytes(2));                                                // an iteration makes its list of figures, whatever the updates in it
    }

    [Fact]
    public void Memory_ToldBefore_StaysTrue() => LearnerChecks.TellsItsMemory(Make<Pendulum>(Small));

    [Fact]
    public void Constructor_DiscreteActions_IsRefusedWithAWayOut()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new Td3(Small, EnvironmentCatalog.Find("CartPole-v1").Create(1, SeedTree.Root(1)), SeedTree.Root(1)));

        Assert.Contains("CartPole-v1", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("dqn", mistake.Message, StringComparison.Ordinal);
    }

    private static Td3 Make<T>(Td3Config config, int rows = 1, Device? device = null, long seed = 3) where T : struct, IEnvironment =>
        new(config, new VectorEnvironment<T>(new T[rows], SeedTree.Root(seed)), SeedTree.Root(seed), device);
}
