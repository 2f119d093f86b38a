using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms;

public sealed class DdpgTests
{
    private static readonly DdpgConfig Small = new()
    {
        Steps = 100_000, Capacity = 2_000, LearningStarts = 100, BatchSize = 16, Hidden = [16], LearningRate = 3e-3, ActorLearningRate = 3e-3, TargetRate = 0.02,
    };

    [Fact]
    public void Iterate_TimeLimit_BootstrapsThroughIt()
    {
        // As for SAC: 1 / (1 - 0.8) = 5 in the later frames and 4 in the first, which is one in four; taking the limit for an end would give at most 2.44.
        var ddpg = Make<EndlessDrift>(Small with { Discount = 0.8 });
        for (var i = 0; i < 12; i++) ddpg.Iterate();

        Assert.Equal(4.75, LearnerChecks.Figure(ddpg, "q_value"), 0.25);
    }

    [Fact]
    public void Iterate_Termination_CountsNothingBeyondIt()
    {
        var ddpg = Make<PaidOnce>(Small with { Discount = 0.8 });
        for (var i = 0; i < 8; i++) ddpg.Iterate();

        Assert.Equal(1, LearnerChecks.Figure(ddpg, "q_value"), 0.05);
    }

    [Fact]
    public void Iterate_ShiftedBox_FindsTheAimInTheEnvironmentsUnit()
    {
        var config = Small with { Steps = 3_000, EnvironmentCount = 2, BatchSize = 64, Hidden = [32] };
        var ddpg = Make<Aim>(config, rows: 2);
        while (ddpg.Steps < config.Steps) ddpg.Iterate();

        var returns = PolicyEvaluation.Run(ddpg.Policy, (rows, seeds) => new VectorEnvironment<Aim>(new Aim[rows], seeds), 100, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > -0.3, $"mean return {returns.Mean}");                 // half a unit of the box's ten
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
            var ddpg = Make<Pendulum>(Small with { BatchSize = 128, Hidden = [64, 64], TrainPeriod = 8 }, rows: 1, device);
            for (var i = 0; i < 3; i++) ddpg.Iterate();
            return ParameterHash.Of(ddpg.Weights);
        }

        Snapshot.Matches(Run(Device.Managed), "trace");
        Assert.Equal(Run(Device.Managed), Run(Device.Processor(2)));
    }

    [Fact]
    public void Iterate_BeforeLearningStarts_LearnsNothing()
    {
        var (fresh, ddpg) = (Make<Pendulum>(Small), Make<Pendulum>(Small with { LearningStarts = 1_000 }));
        ddpg.Iterate();

        Assert.Equal(ParameterHash.Of(fresh.Weights), ParameterHash.Of(ddpg.Weights));
    }

    [Fact]
    public void Iterate_TwoSeeds_DifferAndOneSeedRepeats() => LearnerChecks.GivesTheSameBits(seed => Make<Pendulum>(Small, seed: seed));

    [Fact]
    public void Iterate_SteadyState_AllocatesNothingPerUpdate()
    {
        long Bytes(int updates) => Allocations.Fewest(Make<Pendulum>(Small with { UpdatesPerPeriod = updates }).Iterate, repetitions: 1, warmUp: 3);

        Assert.Equal(Bytes(1), Bytes(2));                                                // an iteration makes its list of figures, whatever the updates in it
    }

    [Fact]
    public void Memory_ToldBefore_StaysTrue() => LearnerChecks.TellsItsMemory(Make<Pendulum>(Small));

    private static Ddpg Make<T>(DdpgConfig config, int rows = 1, Device? device = null, long seed = 3) where T : struct, IEnvironment =>
        new(config, new VectorEnvironment<T>(new T[rows], SeedTree.Root(seed)), SeedTree.Root(seed), device);
}
