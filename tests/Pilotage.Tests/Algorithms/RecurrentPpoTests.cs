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

public sealed class RecurrentPpoTests
{
    private static readonly RecurrentPpoConfig Small = new() { Steps = 100_000, EnvironmentCount = 4, Horizon = 32, MemoryUnits = 16, Hidden = [16], Epochs = 2, Minibatches = 2 };

    [Theory]
    [InlineData("CartPole-v1")]
    [InlineData("CartPoleMaskedVelocity-v1")]
    [InlineData("Pendulum-v1")]
    public void Iterate_OnPolicy_HasRatioExactlyOne(string environment)
    {
        // One pass with one minibatch. Acting went step by step on 4 rows with the memory of earlier rollouts and episodes that began inside; learning unrolls 32 steps at once.
        var ppo = new RecurrentPpo(Small with { Epochs = 1, Minibatches = 1 }, EnvironmentCatalog.Find(environment).Create(4, SeedTree.Root(5)), SeedTree.Root(5));
        for (var i = 0; i < 3; i++)
        {
            ppo.Iterate();
            Assert.Equal((0, 0), (LearnerChecks.Figure(ppo, "approx_kl"), LearnerChecks.Figure(ppo, "clip_fraction")));
        }
    }

    [Fact]
    public void Iterate_OnPolicyWithMasks_HasRatioExactlyOne()
    {
        var ppo = new RecurrentPpo(Small with { Epochs = 1, Minibatches = 1 }, Echoes(4, SeedTree.Root(5)), SeedTree.Root(5));
        for (var i = 0; i < 3; i++)
        {
            ppo.Iterate();
            Assert.Equal(0, LearnerChecks.Figure(ppo, "approx_kl"));
        }
    }

    [Fact]
    public void Iterate_CueOfTheFirstFrame_IsRememberedUnderMasks()
    {
        var config = new RecurrentPpoConfig { Steps = 1_000_000, EnvironmentCount = 16, Horizon = 16, MemoryUnits = 16, Hidden = [16], Epochs = 4, Minibatches = 2, LearningRate = 5e-3, AnnealLearningRate = false };
        var ppo = new RecurrentPpo(config, Echoes(16, SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 60; i++) ppo.Iterate();

        // Several episodes in each row, one after the other: a memory that is not begun anew would echo the wrong cue. Without memory the mean is 0.5.
        var returns = PolicyEvaluation.Run(ppo.Policy, Echoes, 400, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > 0.95, $"mean return {returns.Mean}");
    }

    [Fact]
    public void Iterate_HiddenVelocities_AreLearnedWithAMemoryAndNotWithout()
    {
        var entry = EnvironmentCatalog.Find("CartPoleMaskedVelocity-v1");
        double Learn(string algorithm)
        {
            var found = AlgorithmCatalog.Find(algorithm);
            var learner = found.Create(found.DefaultsFor(entry.Name), entry.Create, SeedTree.Root(1001), Device.Managed);
            while (learner.Steps < 80_000) learner.Iterate();
            return PolicyEvaluation.Run(learner.Policy, entry.Create, 50, SeedTree.Root(1001).Evaluation).Mean;
        }
        // The whole run of 500,000 steps holds the pole to the end on all seeds; a fifth of it tells the two apart.
        Assert.InRange(Learn("recurrent-ppo"), 400, 500);
        Assert.InRange(Learn("ppo"), 0, 100);
    }

    [Fact]
    public void Collect_TruncatedEpisode_IsValuedByItsOwnMemoryAndTrueLastFrame()
    {
        var seeds = SeedTree.Root(4);
        var environment = new VectorEnvironment<Pendulum>(new Pendulum[2], seeds, timeLimit: 3);
        var networks = new RecurrentActorCritic(environment.Spec, 8, [8], Activation.Tanh, seeds);
        var (memory, rollout, random) = (new RecurrentMemory(2, 8, hasCritic: true), new Rollout(5, environment), seeds.Actions.Start());
        var finals = new float[2 * 3];
        Sampler.Collect(new RecurrentActor(networks, memory), new FinalFrameKeeper(environment, finals), ref random, new(environment.Spec.Actions, 2), rollout, new(2), new());

        // Three frames acted on and the final one, unrolled from the beginning of the episode.
        float[] episode = [.. rollout.Observations.AsSpan(0, 3 * 6), .. finals];
        using var step = Step.Begin(gradient: Gradient.None);
        var (_, value) = networks.Forward(Tensor.From(episode, 4, 2, 3), Tensor.Filled(0, 2, 8), Tensor.Filled(0, 2, 8), [], default);
        var values = new float[8];
        value.CopyTo(values);
        Assert.Equal([End.Truncated, End.Truncated], rollout.Ends[4..6]);
        Assert.Equal(values[..6], rollout.Values[..6]);
        Assert.Equal(values[6..], rollout.NextValues[4..6]);
        Assert.Equal(values[2..6], rollout.NextValues[..4]);             // running steps: V of the next step, with the memory as it will be then

        // The next episode begins without memory.
        var (_, first) = networks.Forward(Tensor.From(rollout.Observations.AsSpan(18, 6), 1, 2, 3), Tensor.Filled(0, 2, 8), Tensor.Filled(0, 2, 8), [], default);
        first.CopyTo(values.AsSpan(0, 2));
        Assert.Equal(values[..2], rollout.Values[6..8]);
    }

    [Fact]
    public void Forward_BeginInside_CutsBothMemories()
    {
        var networks = new RecurrentActorCritic(CartPole.Describe(), 8, [8], Activation.Tanh, SeedTree.Root(4));
        var random = new Randomness(3);
        var observations = new float[4 * 4];
        foreach (ref var number in observations.AsSpan()) number = (float)random.NextNormal();
        using var step = Step.Begin(gradient: Gradient.None);
        var (pi, value) = networks.Forward(Tensor.From(observations, 4, 1, 4), Tensor.Filled(1, 1, 8), Tensor.Filled(1, 1, 8), [false, false, true, false], default);
        var (alone, valueAlone) = networks.Forward(Tensor.From(observations.AsSpan(8), 2, 1, 4), Tensor.Filled(0, 1, 8), Tensor.Filled(0, 1, 8), [], default);

        Assert.Equal(Tensors.Backends.Values(alone.LogProbabilities), Tensors.Backends.Values(pi.LogProbabilities)[4..]);
        Assert.Equal(Tensors.Backends.Values(valueAlone), Tensors.Backends.Values(value)[2..]);
    }

    [Fact]
    public void Act_InactiveRow_KeepsItsMemory()
    {
        var networks = new RecurrentActorCritic(CartPole.Describe(), 8, [8], Activation.Tanh, SeedTree.Root(4));
        var (memory, random, actions) = ((RecurrentMemory)networks.Greedy.CreateMemory(2), new Randomness(3), new ActionBatch(CartPole.Describe().Actions, 2));
        networks.Greedy.Act(new(2, [1, 2, 3, 4, 5, 6, 7, 8], default, [true, false]), memory, ref random, actions);

        Assert.All(memory.Actor[..8], h => Assert.NotEqual(0, h));
        Assert.All(memory.Actor[8..], h => Assert.Equal(0, h));
        Assert.StartsWith("The memory must come from this policy's CreateMemory(1).", Assert.Throws<ArgumentException>(() => networks.Greedy.Act(new(1, [1, 2, 3, 4]), memory, ref random, actions)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Iterate_SameSeed_GivesTheSameBits() => LearnerChecks.GivesTheSameBits(seed => OnCartPole(Small, seed));

    [Theory]
    [InlineData("CartPoleMaskedVelocity-v1")]
    [InlineData("Pendulum-v1")]
    public void Load_OfACheckpoint_ContinuesBitForBit(string environment)
    {
        var (entry, config) = (EnvironmentCatalog.Find(environment), Small with { NormalizeObservations = true, NormalizeRewards = true });
        LearnerChecks.ContinuesBitForBit(() => new RecurrentPpo(config, entry.Create(4, SeedTree.Root(5)), SeedTree.Root(5)), entry.Create);
    }

    [Fact]
    public void Policy_OfNormalisedObservations_CarriesTheStatistics() =>
        LearnerChecks.CarriesItsNormalization(OnCartPole(Small with { NormalizeObservations = true }, seed: 1));

    [Fact]
    public void Iterate_SteadyState_UpdatesAllocateNothing() => LearnerChecks.AllocatesNextToNothing(OnCartPole(Small, seed: 1));

    [Fact]
    public void Memory_BeforeTheFirstStep_IsTold() => LearnerChecks.TellsItsMemory(OnCartPole(Small, seed: 1));

    [Fact]
    public void Problems_MinibatchesThatDoNotDivideTheRows_IsRefused() => Assert.Equal(
        ["minibatches = 3 does not divide the 16 environments; a minibatch is whole rows, for memories run through time. Use 1, 2, 4, 8, 16."], new RecurrentPpoConfig { Minibatches = 3 }.Problems());

    [Fact]
    public void Iterate_TinyRun_LeavesTheSameTrace()
    {
        var ppo = OnCartPole(Small, seed: 42);
        for (var i = 0; i < 3; i++) ppo.Iterate();

        Snapshot.Matches(ParameterHash.Of(ppo.Weights), "trace");
    }

    private static IVectorEnvironment Echoes(int rows, SeedTree seeds) => new VectorEnvironment<EchoOfTheFirst>(new EchoOfTheFirst[rows], seeds);

    private static RecurrentPpo OnCartPole(RecurrentPpoConfig config, long seed) =>
        new(config, new VectorEnvironment<CartPole>(new CartPole[config.EnvironmentCount], SeedTree.Root(seed)), SeedTree.Root(seed));

    /// <summary>Keeps the final frames of the last step in which rows ended.</summary>
    private sealed class FinalFrameKeeper(IVectorEnvironment inner, float[] finals) : IVectorEnvironment
    {
        public EnvironmentSpec Spec => inner.Spec;

        public int Rows => inner.Rows;

        public FrameBatch Frames => inner.Frames;

        public void Reset() => inner.Reset();

        public Transition Step(ActionBatch actions)
        {
            var transition = inner.Step(actions);
            transition.FinalFrames.Observations.CopyTo(finals);
            return transition;
        }

        public void Save(System.Buffers.IBufferWriter<byte> writer) => inner.Save(writer);

        public void Load(ref System.Buffers.SequenceReader<byte> reader) => inner.Load(ref reader);
    }
}
