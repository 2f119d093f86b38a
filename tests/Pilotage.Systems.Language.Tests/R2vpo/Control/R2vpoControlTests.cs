using System.Buffers;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Systems.Language.R2vpo;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Systems.Language.Tests.R2vpo.Control;

public sealed class R2vpoControlTests
{
    private static readonly R2vpoControlConfig Quick = new() { Steps = 4096, EnvironmentCount = 4, Horizon = 64, Epochs = 4, Minibatches = 4, Hidden = [16] };

    private static R2vpoControl Make(R2vpoControlConfig config, int seed = 1) => new(config, new VectorEnvironment<CartPole>(new CartPole[config.EnvironmentCount], SeedTree.Root(seed).Environments), SeedTree.Root(seed));

    [Fact]
    public void Iterate_OneFullBatchOnFreshSamples_IsPposUpdateBitForBit()
    {
        // At ratio 1 the clipped surrogate, the Lagrangian at any multiplier and the plain policy gradient have one gradient.
        var one = Quick with { Epochs = 1, Minibatches = 1 };
        var ppo = new Ppo(new()
        {
            Steps = one.Steps, EnvironmentCount = 4, Horizon = 64, Epochs = 1, Minibatches = 1, LearningRate = one.LearningRate, AnnealLearningRate = false, ValueWeight = one.ValueWeight,
            EntropyWeight = 0, Hidden = one.Hidden,
        }, new VectorEnvironment<CartPole>(new CartPole[4], SeedTree.Root(1).Environments), SeedTree.Root(1));
        foreach (var multiplier in new[] { 0.0, 1, 50 })
        {
            var learner = Make(one with { Constraint = new() { InitialMultiplier = multiplier } });
            learner.Iterate();
            if (multiplier == 0) ppo.Iterate();
            Assert.Equal(ParameterHash.Of(ppo.Weights), ParameterHash.Of(learner.Weights));
            Assert.Equal(Math.Max(0, multiplier - 0.5 * 0.04), learner.Multiplier, 1e-12);   // V = 0: there is room
        }
    }

    [Fact]
    public void Iterate_MultiplierFixed_StaysAndDualMovesTowardsTheBound()
    {
        var fixedOne = Make(Quick with { Constraint = new() { InitialMultiplier = 0.04, MultiplierRate = 0 } });
        fixedOne.Iterate();
        Assert.Equal(0.04, fixedOne.Multiplier);
        var tight = Make(Quick with { LearningRate = 0.02, Constraint = new() { Bound = 1e-5, InitialMultiplier = 0, MultiplierRate = 1 } });
        tight.Iterate();
        Assert.True(tight.Multiplier > 0);
    }

    [Fact]
    public void Iterate_TightBound_MovesRatiosLessThanNone()
    {
        double Variance(RatioVarianceConfig constraint)
        {
            var learner = Make(Quick with { LearningRate = 0.01, Constraint = constraint });
            for (var i = 0; i < 6; i++) learner.Iterate();
            return learner.Diagnostics.Single(figure => figure.Key == "ratio_variance").Value;
        }
        Assert.True(Variance(new() { Bound = 0.001, InitialMultiplier = 10, MultiplierRate = 5 }) < 0.5 * Variance(new() { InitialMultiplier = 0, MultiplierRate = 0 }));
    }

    [Fact]
    public void Load_OfWhatWasSaved_GoesOnBitForBit()
    {
        var (learner, copy) = (Make(Quick), Make(Quick, seed: 2));
        learner.Iterate();
        var writer = new ArrayBufferWriter<byte>();
        learner.Save(writer);
        var reader = new SequenceReader<byte>(new(writer.WrittenMemory));
        copy.Load(ref reader);
        Assert.Equal(0, reader.Remaining);
        for (var i = 0; i < 2; i++)
        {
            learner.Iterate();
            copy.Iterate();
        }
        Assert.Equal(ParameterHash.Of(learner.Weights), ParameterHash.Of(copy.Weights));
        Assert.Equal(learner.Multiplier, copy.Multiplier);
        Assert.Equal(learner.Steps, copy.Steps);
    }

    [Fact]
    public void Iterate_ForbiddenActions_AreNeverTakenAndTheRestIsLearned()
    {
        var config = Quick with { Steps = 3000, LearningRate = 0.01, Discount = 0, TraceDecay = 0 };
        var environment = new VectorEnvironment<MaskedBandit>(new MaskedBandit[4], SeedTree.Root(3).Environments);
        var learner = new R2vpoControl(config, environment, SeedTree.Root(3));
        while (learner.Steps < config.Steps) learner.Iterate();                               // the bandit throws where a forbidden action is played
        Assert.True(learner.Diagnostics.Single(figure => figure.Key == "episode_return").Value > 0.9);
    }

    [Fact]
    public void Memory_BeforeTheFirstStep_IsTold() => Assert.True(Make(Quick).Memory.Step > 0);

    [Fact]
    public void SparsePendulum_PaysForUprightStepsAlone()
    {
        var environment = new VectorEnvironment<SparsePendulum>(new SparsePendulum[64], SeedTree.Root(1));
        environment.Reset();
        var actions = new Pilotage.Policies.ConstantPolicy([0f]);
        var batch = new ActionBatch(environment.Spec.Actions, 64);
        var random = new Randomness(1);
        for (var step = 0; step < 150; step++)
        {
            actions.Act(environment.Frames, default!, ref random, batch);
            var transition = environment.Step(batch);
            for (var row = 0; row < 64; row++)
            {
                Assert.Equal(End.Running, transition.Ends[row]);
                Assert.Equal(environment.Frames.Observations[row * 3] > MathF.Cos(0.25f) ? 1 : 0, transition.Rewards[row]);
            }
        }
    }
}
