using System.Buffers;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms;

public sealed class SacTests
{
    private static readonly SacConfig Small = new() { Steps = 100_000, Capacity = 2_000, LearningStarts = 100, BatchSize = 16, Hidden = [16], LearningRate = 3e-3, TargetRate = 0.02 };

    [Fact]
    public void Iterate_TimeLimit_BootstrapsThroughIt()
    {
        // Without entropy's pay, Q of any action in the later frames with gamma 0.8 is 1 / (1 - 0.8) = 5. Taking the limit for an end would give at most 2.44.
        var config = Small with { Discount = 0.8, AutomaticTemperature = false, Temperature = 1e-6 };
        var sac = new Sac(config, new VectorEnvironment<EndlessDrift>(new EndlessDrift[1], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 12; i++) sac.Iterate();

        Assert.Equal(5, Figure(sac, "q_value") / ShareOfLaterFrames, 0.25);
    }

    /// <summary>Of four steps an episode one begins in the first frame, whose value is 0.8 · 5 = 4: the mean over replay is (4 + 3 · 5) / 4 = 4.75 = 0.95 · 5.</summary>
    private const double ShareOfLaterFrames = 0.95;

    [Fact]
    public void Iterate_ShiftedBox_FindsTheAimInTheEnvironmentsUnit()
    {
        var config = Small with { Steps = 3_000, EnvironmentCount = 2, BatchSize = 64, Hidden = [32], UpdatesPerPeriod = 1 };
        var sac = new Sac(config, new VectorEnvironment<Aim>(new Aim[2], SeedTree.Root(3)), SeedTree.Root(3));
        while (sac.Steps < config.Steps) sac.Iterate();

        var returns = PolicyEvaluation.Run(sac.Policy, (rows, seeds) => new VectorEnvironment<Aim>(new Aim[rows], seeds), 100, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > -0.3, $"mean return {returns.Mean}");                 // half a unit of the box's ten
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.3)]
    public void Iterate_AutomaticTemperature_HoldsTheWantedEntropy(double wanted)
    {
        // Actions change nothing, so only the temperature's controller keeps the entropy where it should be.
        var config = Small with { EntropyPerDimension = wanted, Temperature = 0.1, LearningRate = 1e-2 };
        var sac = new Sac(config, new VectorEnvironment<EndlessDrift>(new EndlessDrift[1], SeedTree.Root(3)), SeedTree.Root(3));
        var entropies = new List<double>();
        for (var i = 0; i < 36; i++)
        {
            sac.Iterate();
            if (i >= 12) entropies.Add(Figure(sac, "entropy"));
        }

        Assert.Equal(wanted, entropies.Average(), 0.15);
    }

    [Fact]
    public void Iterate_FixedTemperature_StaysAndFindsTheBestTrade()
    {
        // Actions pay nothing, so entropy is all that counts: the policy becomes as uniform as a squashed Gaussian can, log 2 = 0.693 nats less a little.
        var config = Small with { AutomaticTemperature = false, Temperature = 0.3 };
        var sac = new Sac(config, new VectorEnvironment<EndlessDrift>(new EndlessDrift[1], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 8; i++) sac.Iterate();

        Assert.Equal(0.3, sac.Temperature, 1e-6);
        Assert.InRange(Figure(sac, "entropy"), 0.6, 0.6932);
    }

    [Fact]
    public void Iterate_BeforeLearningStarts_ActsUniformlyAndLearnsNothing()
    {
        var config = Small with { LearningStarts = 1_000 };
        Sac Make() => new(config, new VectorEnvironment<Pendulum>(new Pendulum[1], SeedTree.Root(5)), SeedTree.Root(5));
        var (fresh, sac) = (Make(), Make());
        sac.Iterate();

        Assert.Equal(ParameterHash.Of(fresh.Weights), ParameterHash.Of(sac.Weights));
        Assert.DoesNotContain(sac.Diagnostics, figure => figure.Key == "critic_loss");
    }

    [Fact]
    public void Load_OfACheckpoint_ContinuesBitForBit()
    {
        var config = Small with { EnvironmentCount = 2, NoiseMemory = 0.9 };
        Sac Make() => new(config, new VectorEnvironment<Pendulum>(new Pendulum[2], SeedTree.Root(5)), SeedTree.Root(5));
        var whole = Make();
        for (var i = 0; i < 2; i++) whole.Iterate();
        var writer = new ArrayBufferWriter<byte>();
        whole.Save(writer);
        for (var i = 0; i < 2; i++) whole.Iterate();

        var resumed = Make();
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        resumed.Load(ref reader);
        for (var i = 0; i < 2; i++) resumed.Iterate();

        Assert.Equal(0, reader.Remaining);
        Assert.Equal(ParameterHash.Of(whole.Weights), ParameterHash.Of(resumed.Weights));
        Assert.Equal(whole.Diagnostics, resumed.Diagnostics);
    }

    [Fact]
    public void Iterate_TinyRun_LeavesTheSameTraceOnAnyNumberOfThreads()
    {
        string Run(Device device)
        {
            var sac = new Sac(Small with { BatchSize = 128, Hidden = [64, 64], TrainPeriod = 8, UpdatesPerPeriod = 1 }, new VectorEnvironment<Pendulum>(new Pendulum[1], SeedTree.Root(42)), SeedTree.Root(42), device);
            for (var i = 0; i < 3; i++) sac.Iterate();
            return ParameterHash.Of(sac.Weights);
        }

        Snapshot.Matches(Run(Device.Managed), "trace");
        Assert.Equal(Run(Device.Managed), Run(Device.Processor(2)));
    }

    [Fact]
    public void Iterate_SteadyState_AllocatesNothingPerUpdate()
    {
        long Bytes(int updates)
        {
            var sac = new Sac(Small with { UpdatesPerPeriod = updates }, new VectorEnvironment<Pendulum>(new Pendulum[1], SeedTree.Root(42)), SeedTree.Root(42));
            return Allocations.Fewest(sac.Iterate, repetitions: 1, warmUp: 3);
        }

        Assert.Equal(Bytes(1), Bytes(2));                                                // an iteration makes its list of figures, whatever the updates in it
    }

    [Fact]
    public void Memory_ToldBefore_CoversParametersReplayAndTheLargerStep()
    {
        var sac = new Sac(Small, new VectorEnvironment<Pendulum>(new Pendulum[1], SeedTree.Root(1)), SeedTree.Root(1));

        Assert.Empty(sac.Diagnostics);
        Assert.InRange(sac.Memory.Experience, 2_000 * (2 * 3 + 1 + 2) * 4, 2_000 * (2 * 3 + 1 + 2) * 4 + 10_000);
        Assert.True(sac.Memory.Step > 0);
        sac.Iterate();
        Assert.All(sac.Diagnostics, figure => Assert.True(double.IsNaN(figure.Value) || figure.Key != "actor_loss" || figure.Value != 0));   // the plan left no zeros behind
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public void Iterate_OtherNumbersOfCritics_LearnTheSameValueAndResume(int critics, bool normalized)
    {
        var config = Small with { Discount = 0.8, AutomaticTemperature = false, Temperature = 1e-6, Critics = critics, NormalizeLayers = normalized };
        Sac Make() => new(config, new VectorEnvironment<EndlessDrift>(new EndlessDrift[1], SeedTree.Root(3)), SeedTree.Root(3));
        var sac = Make();
        for (var i = 0; i < 12; i++) sac.Iterate();
        var writer = new ArrayBufferWriter<byte>();
        sac.Save(writer);
        var resumed = Make();
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        resumed.Load(ref reader);

        Assert.Equal(5, Figure(sac, "q_value") / ShareOfLaterFrames, 0.25);
        var (values, again) = (new float[2], new float[2]);
        sac.Estimate([1, 0], [0.2f, -0.4f], values);
        resumed.Estimate([1, 0], [0.2f, -0.4f], again);
        Assert.Equal(5, values[0], 0.3);                                                  // a later frame
        Assert.Equal(4, values[1], 0.3);                                                  // the first, which pays nothing
        Assert.Equal(values, again);
    }

    [Fact]
    public void Constructor_DiscreteActions_IsRefusedWithAWayOut()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new Sac(Small, EnvironmentCatalog.Find("CartPole-v1").Create(1, SeedTree.Root(1)), SeedTree.Root(1)));

        Assert.Contains("CartPole-v1", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("dqn", mistake.Message, StringComparison.Ordinal);
    }

    private static double Figure(Sac sac, string name) => sac.Diagnostics.Single(figure => figure.Key == name).Value;
}
