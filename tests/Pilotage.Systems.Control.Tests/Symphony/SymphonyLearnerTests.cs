using System.Buffers;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Systems.Control.Symphony;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Symphony;

public sealed class SymphonyLearnerTests
{
    private static readonly SymphonyConfig Small = new() { Steps = 100_000, Hidden = 16, ExplorationSteps = 256, Repeats = 8, UpdatesPerStep = 1, LearningRate = 3e-3, TargetRate = 0.02 };

    private static SymphonyLearner OnPendulum(SymphonyConfig config, int rows = 1, Device? device = null, long seed = 5) =>
        new(config, new VectorEnvironment<Pendulum>(new Pendulum[rows], SeedTree.Root(seed)), SeedTree.Root(seed), device);

    private static double Figure(SymphonyLearner learner, string name) => learner.Diagnostics.Single(figure => figure.Key == name).Value;

    [Fact]
    public void Iterate_Exploring_LearnsNothingAndFillsTheReplayAtItsEnd()
    {
        var (fresh, learner) = (OnPendulum(Small with { ExplorationSteps = 300 }), OnPendulum(Small with { ExplorationSteps = 300 }));
        learner.Iterate();
        Assert.Equal(ParameterHash.Of(fresh.Weights), ParameterHash.Of(learner.Weights));
        Assert.Equal((256, 1f), (learner.Replay.Count, learner.Replay.RewardSize));
        learner.Iterate();
        Assert.NotEqual(ParameterHash.Of(fresh.Weights), ParameterHash.Of(learner.Weights));
        Assert.Equal(2400, learner.Replay.Count);
        Assert.InRange(learner.Replay.RewardSize, 3, 9);                 // the pendulum's mean cost
    }

    [Fact]
    public void Iterate_TimeLimit_BootstrapsThroughIt()
    {
        // Reward 1 for ever, cut off every 4 steps: Q is 1 / (1 - 0.8) = 5. Taking the limit for an end would give at most 2.44.
        var config = Small with { Discount = 0.8 };
        var learner = new SymphonyLearner(config, new VectorEnvironment<Endless>(new Endless[1], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 8; i++) learner.Iterate();
        Assert.Equal(5, Figure(learner, "q_value"), 0.35);
        Assert.Equal(Figure(learner, "q_value"), learner.Average, 0.35);
    }

    [Fact]
    public void Iterate_Ends_AreNotBootstrappedThrough()
    {
        // The same, but the fourth step ends the episode: the values of the next states are 2.44, 1.8, 1 and, after the end, what nobody learns.
        var config = Small with { Discount = 0.8 };
        var learner = new SymphonyLearner(config, new VectorEnvironment<Ending>(new Ending[1], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 8; i++) learner.Iterate();
        Assert.InRange(Figure(learner, "q_value"), 0.5, 3);
    }

    [Fact]
    public void Iterate_ShiftedBox_FindsTheAimInTheEnvironmentsUnit()
    {
        var config = Small with { Steps = 3_000, Hidden = 32, Discount = 0.5, LearningRate = 1e-3 };
        var learner = new SymphonyLearner(config, new VectorEnvironment<Aim>(new Aim[1], SeedTree.Root(3)), SeedTree.Root(3));
        while (learner.Steps < config.Steps) learner.Iterate();
        var returns = PolicyEvaluation.Run(learner.Policy, (rows, seeds) => new VectorEnvironment<Aim>(new Aim[rows], seeds), 100, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean / 4 > -1, $"mean return {returns.Mean}");       // the middle of the box is 2 away
    }

    [Fact]
    public void Iterate_AnyActions_StayInsideTheTangentOfTwo()
    {
        var environment = new Watched<Pendulum>(new VectorEnvironment<Pendulum>(new Pendulum[1], SeedTree.Root(5)));
        var learner = new SymphonyLearner(Small with { LearningRate = 0.1 }, environment, SeedTree.Root(5));
        for (var i = 0; i < 4; i++) learner.Iterate();
        Assert.All(environment.Actions, action => Assert.InRange(Math.Abs(action) / 2, 0, 0.964028));
        Assert.Contains(environment.Actions, action => Math.Abs(action) / 2 > 0.3);
    }

    [Fact]
    public void Iterate_EndOfAnEpisode_IsSilentButForNoise()
    {
        // Without noise, what is left of an action in the last 5 % of an episode is nothing; before, the actor moves. While exploring it always acts.
        var environment = new Watched<Pendulum>(new VectorEnvironment<Pendulum>(new Pendulum[1], SeedTree.Root(5)));
        var learner = new SymphonyLearner(Small with { NoiseDeviation = 0 }, environment, SeedTree.Root(5));
        for (var i = 0; i < 3; i++) learner.Iterate();
        var actions = environment.Actions;
        for (var step = 0; step < 768; step++)
            Assert.True((actions[step] == 0) == (step >= 256 && step % 200 >= 190), $"step {step}: {actions[step]}");
    }

    [Theory]
    [InlineData(SymphonyVariant.S3)]
    [InlineData(SymphonyVariant.S2)]
    public void Load_OfACheckpoint_ContinuesBitForBit(SymphonyVariant variant)
    {
        SymphonyLearner Make() => OnPendulum(Small with { Variant = variant }, rows: 2);
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
        Assert.Equal(whole.Average, resumed.Average);
        Assert.Equal(whole.Episodes, resumed.Episodes);
    }

    [Fact]
    public void Iterate_TinyRun_LeavesTheSameTraceOnAnyNumberOfThreads()
    {
        string Run(Device device)
        {
            var learner = OnPendulum(Small with { Hidden = 64, BatchSize = 128 }, device: device, seed: 42);
            for (var i = 0; i < 2; i++) learner.Iterate();
            return ParameterHash.Of(learner.Weights);
        }

        Snapshot.Matches(Run(Device.Managed), "trace");
        Assert.Equal(Run(Device.Managed), Run(Device.Processor(2)));
    }

    [Theory]
    [InlineData(SymphonyVariant.S3)]
    [InlineData(SymphonyVariant.S2)]
    public void Iterate_SteadyState_AllocatesNothingPerUpdate(SymphonyVariant variant)
    {
        long Bytes(int updates)
        {
            var learner = OnPendulum(Small with { Variant = variant, UpdatesPerStep = updates });
            return Allocations.Fewest(learner.Iterate, repetitions: 1, warmUp: 3);
        }

        Assert.Equal(Bytes(1), Bytes(2));                                // an iteration makes its list of figures, whatever the updates in it
    }

    [Fact]
    public void Memory_OfThePapersHumanoid_IsToldBeforeItIsTaken()
    {
        // 512,000 x (2 x 376 + 17 + 2) floats, and a weight for each place.
        var spec = new EnvironmentSpec { Name = "Humanoid-v4", ObservationSize = 376, Actions = new ActionSpace.Box(new float[17], [.. Enumerable.Repeat(1f, 17)]) };
        Assert.Equal(512_000L * (2 * 376 + 17 + 2) * 4 + 512_000 * 8, FadingReplay.BytesFor(512_000, spec, isFading: true));
        var learner = OnPendulum(Small);
        Assert.Equal(FadingReplay.BytesFor(2048, learner.Spec, isFading: true), learner.Replay.Bytes);
        Assert.InRange(learner.Memory.Experience - learner.Replay.Bytes, 1, 10_000);
        Assert.True(learner.Memory.Step > 0 && learner.Memory.Parameters > 0);
    }

    [Fact]
    public void Constructor_DiscreteActions_IsRefusedWithAWayOut()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new SymphonyLearner(Small, EnvironmentCatalog.Find("CartPole-v1").Create(1, SeedTree.Root(1)), SeedTree.Root(1)));
        Snapshot.Matches(mistake.Message, "discrete");
    }

    [Fact]
    public void Iterate_NoReward_IsAMistakeThatNamesTheSteps()
    {
        var learner = new SymphonyLearner(Small, new VectorEnvironment<Unpaid>(new Unpaid[1], SeedTree.Root(3)), SeedTree.Root(3));
        learner.Iterate();
        Assert.StartsWith("PIL1401", Assert.Throws<UserMistakeException>(learner.Iterate).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SymphonyVariant.S3, 10_240, 50, 3, 1e-4, 0.36787944117144233)]
    [InlineData(SymphonyVariant.S2, 20_480, 25, 3, 5e-5, 0.36787944117144233)]
    [InlineData(SymphonyVariant.Se, 10_240, 50, 3, 1e-4, 0.3183098861837907)]
    [InlineData(SymphonyVariant.Ed, 7_680, 50, 2, 1e-4, 0.36787944117144233)]
    public void Config_Variants_HaveThePublishedConstants(SymphonyVariant variant, int exploration, int copies, int updates, double rate, double deviation)
    {
        var config = new SymphonyConfig { Variant = variant };
        Assert.Equal((exploration, copies, updates, 384), (config.Exploration, config.Copies, config.Updates, config.Batch));
        Assert.Equal((rate, variant == SymphonyVariant.S2), (config.StepSize, config.DropsGradients));
        Assert.Equal(deviation, config.Deviation, 1e-15);
        Assert.Equal(1, config.Deviation * config.CutOff, 1e-15);        // noise of at most 1
        Assert.Empty(config.Problems());
    }

    [Fact]
    public void Config_ImpossibleSettings_AreToldAtOnce() =>
        Snapshot.Matches(string.Join("\n", new SymphonyConfig { Hidden = 30, Steps = 5_000, Repeats = 10_000, ExplorationSteps = 9_000_000 }.Problems()), "settings");

    /// <summary>Reward 1 for each of four steps, then the limit.</summary>
    private struct Endless : IEnvironment
    {
        public static EnvironmentSpec Describe() => new() { Name = "Endless", ObservationSize = 1, Actions = new ActionSpace.Box([-1], [1]), TimeLimit = 4 };

        public readonly void Reset(Frame first, ref Randomness random) => first.Observation[0] = 0.5f;

        public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation[0] = 0.5f;
            return new(1);
        }
    }

    /// <summary>Reward 1 for each of four steps, then the end.</summary>
    private struct Ending : IEnvironment
    {
        private int _step;

        public static EnvironmentSpec Describe() => new() { Name = "Ending", ObservationSize = 1, Actions = new ActionSpace.Box([-1], [1]) };

        public void Reset(Frame first, ref Randomness random) => first.Observation[0] = _step = 0;

        public Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation[0] = ++_step / 4f;
            return new(1, _step == 4 ? End.Terminated : End.Running);
        }
    }

    /// <summary>Four steps that pay minus the distance to the aim that is shown, in a box that is not around 0. The actor learns in next states alone, so the aim is shown there too.</summary>
    private struct Aim : IEnvironment
    {
        private float _aim;

        public static EnvironmentSpec Describe() => new() { Name = "Aim", ObservationSize = 1, Actions = new ActionSpace.Box([10], [20]), TimeLimit = 4 };

        public void Reset(Frame first, ref Randomness random)
        {
            _aim = 16 + 2 * random.NextSingle();
            first.Observation[0] = _aim - 15;
        }

        public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation[0] = _aim - 15;
            return new(-Math.Abs(action.Values[0] - _aim));
        }
    }

    /// <summary>Pays nothing.</summary>
    private struct Unpaid : IEnvironment
    {
        public static EnvironmentSpec Describe() => new() { Name = "Unpaid", ObservationSize = 1, Actions = new ActionSpace.Box([-1], [1]), TimeLimit = 50 };

        public readonly void Reset(Frame first, ref Randomness random) => first.Observation[0] = 0;

        public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation[0] = 1;
            return new(0);
        }
    }

    /// <summary>Writes down the first row's actions.</summary>
    private sealed class Watched<T>(IVectorEnvironment inner) : IVectorEnvironment where T : struct
    {
        public List<float> Actions { get; } = [];

        public EnvironmentSpec Spec => inner.Spec;

        public int Rows => inner.Rows;

        public FrameBatch Frames => inner.Frames;

        public void Reset() => inner.Reset();

        public Transition Step(ActionBatch actions)
        {
            Actions.Add(actions.Values[0]);
            return inner.Step(actions);
        }

        public void Save(IBufferWriter<byte> writer) => inner.Save(writer);

        public void Load(ref SequenceReader<byte> reader) => inner.Load(ref reader);
    }
}
