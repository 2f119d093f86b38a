using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Testing;
using Xunit;
using static Pilotage.Tests.Environments.VectorEnvironmentSavedTests;

namespace Pilotage.Tests.Environments;

public sealed class NormalizedEnvironmentTests
{
    private static readonly SeedTree Seeds = SeedTree.Root(1);

    [Fact]
    public void Step_EpisodeEnds_FinalFrameIsTransformedLikeTheOthers()
    {
        var raw = new VectorEnvironment<ScriptedEnvironment>([VectorEnvironmentTests.EndingAfter(3), new()], Seeds);
        var environment = new NormalizedEnvironment(raw, new(2), rewards: null);
        var actions = new ActionBatch(environment.Spec.Actions, 2);
        environment.Step(actions);
        environment.Step(actions);

        var transition = environment.Step(actions);

        // The raw final frame is [1, 3]; the raw frames to act on are [2, 0] and [1, 3], learned from before all three were transformed.
        var expected = new float[2];
        environment.Observations!.Apply([1, 3], expected);
        Assert.Equal([0], transition.EndedRows.ToArray());
        Assert.Equal(expected, transition.FinalFrames.Observation(0).ToArray());
        Assert.Equal(expected, environment.Frames.Observation(1).ToArray());
        Assert.NotEqual(expected, environment.Frames.Observation(0).ToArray());
        Assert.Equal(8, environment.Observations.Moments.Count);         // two rows, first frames and three steps; no final frame twice
    }

    [Fact]
    public void Step_Frozen_LearnsNothingAndTransformsAllTheSame()
    {
        var normalizer = new ObservationNormalizer(4);
        var scaler = new RewardScaler(2, 0.99);
        Play(new NormalizedEnvironment(new VectorEnvironment<CartPole>(new CartPole[2], Seeds), normalizer, scaler), Seeds, steps: 100);
        var (before, scalerBefore) = (Save(normalizer), Save(scaler));

        var frozen = new NormalizedEnvironment(new VectorEnvironment<CartPole>(new CartPole[2], Seeds), normalizer, scaler, isFrozen: true);
        Play(frozen, Seeds, steps: 50);

        Assert.Equal(before, Save(normalizer));
        Assert.Equal(scalerBefore, Save(scaler));
        var expected = new float[8];
        normalizer.Apply(frozen.Inner.Frames.Observations, expected);
        Assert.Equal(expected, frozen.Frames.Observations.ToArray());
    }

    [Fact]
    public void LearnFrom_Held_NormalisesByWhatWasKnownBeforeAndShowsByWhatIsKnownNow()
    {
        var environment = new NormalizedEnvironment(new VectorEnvironment<ScriptedEnvironment>([new()], Seeds), new(2), rewards: null, isFrozen: false, isHeld: true);
        var actions = new ActionBatch(environment.Spec.Actions, 1);
        Assert.Equal(0, environment.Observations!.Moments.Count);                          // the first frame is learned from with its rollout
        environment.Step(actions);
        environment.Step(actions);
        Assert.Equal(0, environment.Observations.Moments.Count);
        Assert.Equal(environment.Inner.Frames.Observations.ToArray(), environment.Frames.Observations.ToArray());   // nothing is known yet: raw

        // First components 1 and 3: mean 2, deviation 1. Nothing was known, so the rollout itself stays raw.
        float[] first = [1, 0, 3, 0];
        environment.LearnFrom(first);
        Assert.Equal([1f, 0f, 3f, 0f], first);
        Assert.Equal(2, environment.Observations.Moments.Mean[0]);
        var expected = new float[2];
        environment.Observations.Apply(environment.Inner.Frames.Observations, expected);
        Assert.Equal(expected, environment.Frames.Observations.ToArray());

        // 5 and 5 are (5 - 2) / 1 = 3 by what was known before, and count afterwards: mean (1 + 3 + 5 + 5) / 4.
        float[] second = [5, 0, 5, 0];
        environment.LearnFrom(second);
        Assert.Equal([3f, 0f, 3f, 0f], second);
        Assert.Equal(3.5, environment.Observations.Moments.Mean[0], 1e-12);
    }

    [Fact]
    public void Step_WithScaler_KeepsRawRewardsBesideScaledOnes()
    {
        var environment = new NormalizedEnvironment(new VectorEnvironment<ScriptedEnvironment>([new()], Seeds), observations: null, new(1, discount: 0));
        var actions = new ActionBatch(environment.Spec.Actions, 1);
        environment.Step(actions);
        environment.Step(actions);

        var reward = environment.Step(actions).Rewards[0];

        Assert.Equal([3f], environment.RawRewards.ToArray());
        Assert.Equal(3 / Math.Sqrt(2.0 / 3), reward, 1e-6);              // rewards 1, 2, 3 have variance 2/3
        Assert.Equal([1f, 3f], environment.Frames.Observation(0).ToArray());
    }

    [Fact]
    public void Step_MaskedEnvironment_PassesMasksOn()
    {
        var environment = new NormalizedEnvironment(VectorEnvironmentTests.Masked((_, _, frame) =>
        {
            frame.Observation.Clear();
            frame.Legal[2] = false;
        }, endAfter: 1), new(2), rewards: null);

        Assert.Equal([true, true, false], environment.Frames.LegalOf(0).ToArray());
        Assert.Equal([true, true, false], environment.Step(VectorEnvironmentTests.Choosing(environment, 0)).FinalFrames.LegalOf(0).ToArray());
    }

    [Fact]
    public void Load_InTheMiddle_ContinuesBitForBit()
    {
        static NormalizedEnvironment Make(SeedTree seeds) => new(new VectorEnvironment<Pendulum>(new Pendulum[3], seeds), new(3), new(3, 0.9));
        var original = Make(Seeds);
        Play(original, SeedTree.Root(2), steps: 250);
        var restored = Make(SeedTree.Root(77));
        Load(restored, Save(original));

        Assert.Equal(original.Frames.Observations.ToArray(), restored.Frames.Observations.ToArray());
        Assert.Equal(Play(original, SeedTree.Root(3), steps: 300), Play(restored, SeedTree.Root(3), steps: 300));
    }

    [Fact]
    public void Step_SteadyState_AllocatesNothing()
    {
        var environment = new NormalizedEnvironment(new VectorEnvironment<CartPole>(new CartPole[8], Seeds), new(4), new(8, 0.99));
        var actions = new ActionBatch(environment.Spec.Actions, 8);
        Assert.Equal(0, Allocations.Fewest(() => environment.Step(actions), repetitions: 300, warmUp: 50));
    }

    [Fact]
    public void Constructor_OtherSizes_AreRefused()
    {
        var raw = new VectorEnvironment<CartPole>(new CartPole[2], Seeds);
        Assert.Throws<ArgumentException>(() => new NormalizedEnvironment(raw, new(3), rewards: null));
        Assert.Throws<ArgumentException>(() => new NormalizedEnvironment(raw, observations: null, new(3, 0.9)));
    }
}
