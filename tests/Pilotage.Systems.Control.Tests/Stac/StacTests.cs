using System.Buffers;
using Pilotage.Credit;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Systems.Control.Stac;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;
using Learner = Pilotage.Systems.Control.Stac.Stac;

namespace Pilotage.Systems.Control.Tests.Stac;

public sealed class StacTests
{
    private static readonly StacConfig Small = new()
    {
        Steps = 100_000, Capacity = 2_000, LearningStarts = 100, BatchSize = 32, Hidden = [16], LearningRate = 3e-3, TargetRate = 0.02, Beta = 0.25,
    };

    [Theory]
    [InlineData(0.99f, 10.603f)]                                                          // 1 + 0.99 (10 - 0.25 · 2 + 0.2)
    [InlineData(0f, 1f)]                                                                  // terminated
    public void Target_WorkedExample_IsPessimisticAndPaidForEntropy(float discount, float wanted)
    {
        var (next, y) = (new float[1], new float[1]);
        using (Step.Begin()) Learner.Pessimistic(Tensor.From([10], 1, 1), Tensor.From([2], 1, 1), beta: 0.25).CopyTo(next);
        SoftTargets.Compute([1], [discount], next, [-1], temperature: 0.2f, y);

        Assert.Equal(wanted, y[0], 1e-5f);
    }

    [Fact]
    public void Pessimistic_HalfADeviation_UndoesTheSoftMaximumOfAGaussian()
    {
        // log E exp(X) of N(mu, 1) is mu + 1/2: at temperature 1 a beta of sigma / 2 brings it back to mu.
        var values = new float[1];
        using (Step.Begin()) Learner.Pessimistic(Tensor.From([3.25f], 1), Tensor.From([1], 1), beta: 0.5).CopyTo(values);

        Assert.Equal(3.25f, values[0] + 0.5f);
    }

    [Theory]
    [InlineData(-2, 0.2)]
    [InlineData(-1, 0.2 * 0.999940001799964)]                                             // more random than wanted: it falls
    [InlineData(-3, 0.2 * 1.0000600018000361)]
    public void NextTemperature_Entropy_MovesAgainstIt(double entropy, double next)
    {
        Assert.Equal(next, Learner.NextTemperature(0.2, 3e-4, wanted: -2, entropy), 1e-12);
        Assert.True(Learner.NextTemperature(1e-9, 1, -2, 1000) > 0);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.5, -2.0)]
    public void Iterate_NoisyRewards_LearnsTheirSpreadAndTheValueThatBetaLeaves(double beta, double value)
    {
        // gamma = 0.8: -0.8 · 0.5 / 0.2 = -2. Taking the time limit for an end would halve it.
        var config = Small with { Beta = beta, Discount = 0.8, Temperature = 1e-9 };
        var stac = Make<Coins>(config);
        var (values, deviations) = (new List<double>(), new List<double>());
        for (var i = 0; i < 12; i++)
        {
            stac.Iterate();
            if (i < 8) continue;
            values.Add(Figure(stac, "q_value"));
            deviations.Add(Figure(stac, "q_deviation"));
        }

        Assert.Equal(1, deviations.Average(), 0.1);
        Assert.Equal(value, values.Average(), 0.25);
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(1.0, -1)]
    public void Iterate_SafeOrRiskyGain_TakesTheOneThatBetaPrefers(double beta, int side)
    {
        // The gamble pays 1 on average and deviates by 6; the safe side pays 0.5: beta 1 must not gamble, beta 0 must.
        var stac = Make<Gamble>(Small with { Beta = beta, Temperature = 0.1, BatchSize = 64, LearningStarts = 500 }, rows: 4);
        for (var i = 0; i < 7; i++) stac.Iterate();
        var actions = new ActionBatch(Gamble.Describe().Actions, 1);
        var random = new Randomness(1);
        stac.Policy.Act(new(1, [1]), Policies.PolicyMemory.None, ref random, actions);

        Assert.Equal(side, Math.Sign(actions.Values[0]));
    }

    [Fact]
    public void Load_OfACheckpointWithDropout_ContinuesBitForBit()
    {
        var config = Small with { Dropout = new() { Actor = 0.1f, Critic = 0.2f }, EnvironmentCount = 2 };
        var whole = Make<Pendulum>(config, rows: 2);
        for (var i = 0; i < 2; i++) whole.Iterate();
        var writer = new ArrayBufferWriter<byte>();
        whole.Save(writer);
        for (var i = 0; i < 2; i++) whole.Iterate();

        var resumed = Make<Pendulum>(config, rows: 2);
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        resumed.Load(ref reader);
        for (var i = 0; i < 2; i++) resumed.Iterate();

        Assert.Equal(0, reader.Remaining);
        Assert.Equal(ParameterHash.Of(whole.Weights), ParameterHash.Of(resumed.Weights));
        Assert.Equal((whole.Temperature, whole.SurprisedIterations), (resumed.Temperature, resumed.SurprisedIterations));
        Assert.Equal(whole.Diagnostics, resumed.Diagnostics);
    }

    [Fact]
    public void Iterate_TinyRun_LeavesTheSameTraceOnAnyNumberOfThreads()
    {
        string Run(Device device, bool asksForMemory)
        {
            var stac = Make<Pendulum>(Small with { BatchSize = 128, Hidden = [64, 64], Dropout = new() { Actor = 0.01f, Critic = 0.01f } }, device: device);
            if (asksForMemory) Assert.True(stac.Memory.Step > 0);
            for (var i = 0; i < 2; i++) stac.Iterate();
            return ParameterHash.Of(stac.Weights);
        }

        Snapshot.Matches(Run(Device.Managed, asksForMemory: false), "trace");
        Assert.Equal(Run(Device.Managed, asksForMemory: true), Run(Device.Processor(2), asksForMemory: false));
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.1, 2)]
    public void Iterate_SteadyState_AllocatesNothingPerUpdate(double dropout, int critics)
    {
        long Bytes(int updates)
        {
            var config = Small with { UpdatesPerStep = updates, Critics = critics, Dropout = new() { Actor = (float)dropout, Critic = (float)dropout } };
            return Allocations.Fewest(Make<Pendulum>(config).Iterate, repetitions: 1, warmUp: 3);
        }

        Assert.Equal(Bytes(1), Bytes(2));                                                 // an iteration makes its list of figures, whatever the updates in it
    }

    [Fact]
    public void Iterate_BeforeLearningStarts_LearnsNothingAndActsAcrossTheBox()
    {
        var config = Small with { LearningStarts = 1_000 };
        var (fresh, stac) = (Make<Coins>(config), Make<Coins>(config));
        stac.Iterate();

        Assert.Equal(ParameterHash.Of(fresh.Weights), ParameterHash.Of(stac.Weights));
        Assert.DoesNotContain(stac.Diagnostics, figure => figure.Key == "critic_loss");
    }

    [Fact]
    public void Iterate_HugeRewards_AreToldAsSurprise()
    {
        var stac = Make<Fortune>(Small with { LearningRate = 1e-5 });
        for (var i = 0; i < 3; i++) stac.Iterate();
        var calm = Make<Coins>(Small);
        for (var i = 0; i < 3; i++) calm.Iterate();

        Assert.True(stac.SurprisedIterations >= 2, $"{stac.SurprisedIterations}");
        Assert.Equal(0, calm.SurprisedIterations);
    }

    [Fact]
    public void Estimate_TwoCritics_IsTheSmallerMeanAndLeavesEverythingAsItIs()
    {
        var stac = Make<Pendulum>(Small with { Critics = 2, Beta = 0, Dropout = new() { Critic = 0.5f } });
        stac.Iterate();
        var before = ParameterHash.Of(stac.Weights);
        float[] observations = [1, 0, 0.5f, -1, 0, 2], actions = [0.1f, -0.7f];
        var (together, again, alone) = (new float[2], new float[2], new float[1]);
        stac.Estimate(observations, actions, together);
        stac.Estimate(observations, actions, again);
        stac.Estimate(observations.AsSpan(3), actions.AsSpan(1), alone);

        Assert.Equal(together, again);                                                    // no dropout here
        Assert.Equal(together[1], alone[0]);
        Assert.Equal(before, ParameterHash.Of(stac.Weights));
    }

    [Fact]
    public void Constructor_DiscreteActions_NamesTheDqnFamily()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new Learner(Small, EnvironmentCatalog.Find("CartPole-v1").Create(1, SeedTree.Root(1)), SeedTree.Root(1)));

        Snapshot.Matches(mistake.Message, "discrete");
    }

    private static Learner Make<T>(StacConfig config, int rows = 1, Device? device = null) where T : struct, IEnvironment =>
        new(config, new VectorEnvironment<T>(new T[rows], SeedTree.Root(3)), SeedTree.Root(3), device);

    private static double Figure(Learner stac, string name) => stac.Diagnostics.Single(figure => figure.Key == name).Value;

    /// <summary>Pays a fortune each step, so far from what a fresh critic believes that the likelihood explodes.</summary>
    private struct Fortune : IEnvironment
    {
        public static EnvironmentSpec Describe() => Coins.Describe() with { Name = "Fortune" };

        public readonly void Reset(Frame first, ref Randomness random) => first.Observation[0] = 1;

        public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation[0] = 1;
            return new(100_000);
        }
    }
}
