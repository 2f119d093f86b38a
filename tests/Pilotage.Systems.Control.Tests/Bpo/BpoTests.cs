using System.Buffers;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Systems.Control.Bpo;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;
using Learner = Pilotage.Systems.Control.Bpo.Bpo;

namespace Pilotage.Systems.Control.Tests.Bpo;

public sealed class BpoTests
{
    private static readonly BpoConfig Small = new() { Steps = 100_000, EnvironmentCount = 4, Horizon = 32, Epochs = 4, Minibatches = 4, Hidden = [16, 16] };

    [Fact]
    public void Iterate_OnPolicy_HasRatioExactlyOneAndTheLossByHand()
    {
        // One pass with one minibatch: the networks are those that collected, so ratio 1, online advantage R - V of the rollout, and around the mean the target is known.
        var config = Small with { Epochs = 1, Minibatches = 1, UseMedian = false, Temperature = 0.5, LowerRadius = 0.2, UpperRadius = 0.4 };
        var bpo = Make("CartPole-v1", config, 1);
        bpo.Iterate();
        var (figures, rollout) = (bpo.Diagnostics.ToDictionary(), bpo.Experience);
        Assert.Equal(0, figures["approx_kl"]);
        Assert.Equal(0, figures["clip_fraction"]);
        var expected = Enumerable.Range(0, rollout.Count).Average(i =>
        {
            var advantage = rollout.Returns[i] - (double)rollout.Values[i];
            var target = 0.8 + 0.6 / (1 + Math.Exp(-Math.Clamp(advantage / 0.5, -50, 50)));
            return Math.Abs(1 - target) * Math.Abs(advantage);
        });
        Assert.Equal(expected, figures["policy_loss"], 1e-5 * Math.Abs(expected));
        Assert.Equal(rollout.Advantages.Average(Math.Abs), figures["advantage_scale"], 1e-4);
        Assert.Equal(rollout.Advantages.Average(a => a * (double)a) / 2, figures["value_loss"], 1e-4 * figures["value_loss"]);
        Assert.DoesNotContain("median_loss", figures.Keys);
    }

    [Theory]
    [InlineData(RatioLoss.Tv)]
    [InlineData(RatioLoss.Kl)]
    public void Iterate_OtherLosses_HaveTheValueByHand(RatioLoss loss)
    {
        var bpo = Make("CartPole-v1", Small with { Epochs = 1, Minibatches = 1, UseMedian = false, Temperature = 0.5, Loss = loss }, 1);
        bpo.Iterate();
        var expected = bpo.Experience.Advantages.Average(advantage =>
        {
            var target = 0.7 + 0.6 / (1 + Math.Exp(-Math.Clamp(advantage / 0.5, -50, 50)));
            return loss == RatioLoss.Tv ? Math.Abs(1 - target) : target * Math.Log(target) - target + 1;
        });
        Assert.Equal(expected, bpo.Diagnostics.ToDictionary()["policy_loss"], 1e-5);
    }

    [Fact]
    public void Iterate_AdvantageOfTheRollout_OrOfTheCurrentCritic_AgreeOnPolicyAndPartLater()
    {
        double[] Scales(AdvantageSource source, int epochs)
        {
            var bpo = Make("CartPole-v1", Small with { Epochs = epochs, Minibatches = 1, Advantage = source }, 1);
            bpo.Iterate();
            return [bpo.Diagnostics.ToDictionary()["advantage_scale"]];
        }
        Assert.Equal(Scales(AdvantageSource.Gae, 1)[0], Scales(AdvantageSource.Online, 1)[0], 1e-4);
        Assert.True(Math.Abs(Scales(AdvantageSource.Gae, 4)[0] - Scales(AdvantageSource.Online, 4)[0]) > 1e-4);
    }

    [Theory]
    [InlineData(MedianScale.One)]
    [InlineData(MedianScale.Temperature)]
    public void Iterate_SkewedReturns_MedianHeadFindsTheLeastLoss(MedianScale scale)
    {
        var config = Small with { Horizon = 128, Minibatches = 1, LearningRate = 1e-2, MedianScale = scale, Temperature = 0.25, MedianWeight = 20, Discount = 1, TraceDecay = 1 };
        var bpo = new Learner(config, new VectorEnvironment<Lottery>(new Lottery[4], SeedTree.Root(2)), SeedTree.Root(2));
        for (var i = 0; i < 100; i++) bpo.Iterate();
        // The rollout's own shares of 0 and 8 tell the least that its loss can be.
        var width = scale == MedianScale.One ? 1 : 0.25;
        var wins = bpo.Experience.Rewards.Average(reward => reward > 0 ? 1.0 : 0);
        double Loss(double u) => width * (wins * Smooth((8 - u) / width) + (1 - wins) * Smooth(-u / width));
        var least = Enumerable.Range(-200, 1000).Min(i => Loss(i / 100.0));
        Assert.Equal(least, bpo.Diagnostics.ToDictionary()["median_loss"], 0.02 * least);
        Assert.True(Loss(2) > 1.05 * least, "the mean would do as well: the test tells nothing");

        static double Smooth(double x) => Math.Log(1 + Math.Exp(x)) - x / 2;
    }

    [Fact]
    public void TargetRatios_SmallTemperature_AreTheEndsOfTheBandAndLargeOnesNearOne()
    {
        float[] Targets(double temperature)
        {
            var bpo = Make("Pendulum-v1", Small with { Temperature = temperature, LowerRadius = 0.2, UpperRadius = 0.4 }, 1);
            bpo.Iterate();
            var targets = new float[bpo.Experience.Count];
            bpo.TargetRatios(targets);
            return targets;
        }
        Assert.All(Targets(1e-8), target => Assert.True(Math.Abs(target - 0.8f) < 1e-6f || Math.Abs(target - 1.4f) < 1e-6f, $"{target}"));
        Assert.All(Targets(1e6), target => Assert.Equal(1.1f, target, 1e-4f));           // half way: score 0 in a band that is not symmetric
    }

    [Fact]
    public void Iterate_ManyPasses_BringsRatiosTowardsTheirTargetsAndKeepsThemAtTheBand()
    {
        // The critic is left alone, so targets and weights stay what they were; what the clipped objective would let run away stays near the band.
        var bpo = new Learner(
            Small with { Horizon = 64, Epochs = 200, Minibatches = 1, LearningRate = 3e-3, ValueWeight = 0, UseMedian = false, Discount = 0 },
            new VectorEnvironment<MaskedBandit>(new MaskedBandit[4], SeedTree.Root(3)), SeedTree.Root(3));
        bpo.Iterate();
        var (rollout, targets, ratios) = (bpo.Experience, new float[bpo.Experience.Count], RatioSpread.Ratios(bpo.Networks, bpo.Experience));
        bpo.TargetRatios(targets);
        double Loss(Func<int, float> ratio) => Enumerable.Range(0, rollout.Count).Average(i => Math.Abs(rollout.Advantages[i]) * Math.Abs(ratio(i) - targets[i]));
        Assert.True(Loss(i => ratios[i]) < 0.8 * Loss(_ => 1), $"{Loss(i => ratios[i])} of {Loss(_ => 1)}");
        Assert.True(ratios.Max() < 1.45f && ratios.Min() > 0.5f, $"{ratios.Min()} to {ratios.Max()}");
    }

    [Theory]
    [InlineData("CartPole-v1", true)]
    [InlineData("Pendulum-v1", true)]
    [InlineData("Pendulum-v1", false)]
    public void Load_OfACheckpoint_ContinuesBitForBit(string environment, bool useMedian)
    {
        var config = Small with { NormalizeObservations = true, NormalizeRewards = true, UseMedian = useMedian, AnnealLearningRate = true };
        var whole = Make(environment, config, 5);
        for (var i = 0; i < 3; i++) whole.Iterate();
        var writer = new ArrayBufferWriter<byte>();
        whole.Save(writer);
        for (var i = 0; i < 3; i++) whole.Iterate();

        var resumed = Make(environment, config, 5);
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        resumed.Load(ref reader);
        for (var i = 0; i < 3; i++) resumed.Iterate();

        Assert.Equal(0, reader.Remaining);
        Assert.Equal(ParameterHash.Of(whole.Weights), ParameterHash.Of(resumed.Weights));
        Assert.Equal(whole.Diagnostics, resumed.Diagnostics);
        Assert.Equal(whole.Steps, resumed.Steps);
        Assert.IsType<NormalizedPolicy>(resumed.Policy);
    }

    [Fact]
    public void Iterate_SameSeed_GivesTheSameBits()
    {
        var learners = new[] { Make("CartPole-v1", Small, 1), Make("CartPole-v1", Small, 1), Make("CartPole-v1", Small, 2) };
        foreach (var learner in learners) for (var i = 0; i < 3; i++) learner.Iterate();
        Assert.Equal(ParameterHash.Of(learners[0].Weights), ParameterHash.Of(learners[1].Weights));
        Assert.NotEqual(ParameterHash.Of(learners[0].Weights), ParameterHash.Of(learners[2].Weights));
        Snapshot.Matches(ParameterHash.Of(learners[0].Weights), "trace");
    }

    [Fact]
    public void Begin_SameSeed_HasTheNetworksOfPpo()
    {
        var bpo = Make("Pendulum-v1", Small, 4);
        var ppo = new Ppo(new() { Steps = 1000, EnvironmentCount = 4, Horizon = 32, Hidden = [16, 16] }, Environment("Pendulum-v1", 4, 4), SeedTree.Root(4));
        foreach (var block in ppo.Weights) Assert.Equal(block.Values.ToArray(), bpo.Weights.Single(own => own.Name == block.Name).Values.ToArray());
        Assert.Contains(bpo.Weights, block => block.Name == "median.0.weight");
    }

    [Fact]
    public void ForwardWithLatent_GivesTheBitsOfForward()
    {
        var networks = Make("Pendulum-v1", Small, 4).Networks;
        float[] plain = new float[5], shared = new float[5], observations = [.. Enumerable.Range(0, 15).Select(i => i / 7f - 1)];
        using var step = Step.Begin(gradient: Gradient.None);
        networks.Forward(Tensor.From(observations, 5, 3), default).Value.CopyTo(plain);
        var (_, value, latent) = networks.ForwardWithLatent(Tensor.From(observations, 5, 3), default);
        value.CopyTo(shared);
        Assert.Equal(plain, shared);
        Assert.Equal(16, latent.Shape[1]);
    }

    [Fact]
    public void Iterate_TimeLimit_BootstrapsThroughIt()
    {
        // Value of the later frames with gamma 0.8: 1 / (1 - 0.8) = 5. Taking the limit for an end would give at most 1 + 0.8 + 0.64 = 2.44.
        var config = Small with { Steps = 1_000_000, Hidden = [8], Discount = 0.8, LearningRate = 5e-3, Minibatches = 4 };
        var bpo = new Learner(config, new VectorEnvironment<EndlessIncome>(new EndlessIncome[4], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 150; i++) bpo.Iterate();
        using var step = Step.Begin(gradient: Gradient.None);
        Assert.Equal(5, bpo.Networks.Forward(Tensor.From([1], 1, 1), default).Value.Item(), 0.1);
    }

    [Theory]
    [InlineData(true, RatioLoss.Atv)]
    [InlineData(false, RatioLoss.Atv)]
    [InlineData(true, RatioLoss.Kl)]
    public void Iterate_MaskedActions_LearnsTheBestLegalOne(bool useMedian, RatioLoss loss)
    {
        var config = Small with { Steps = 1_000_000, EnvironmentCount = 8, Hidden = [32], LearningRate = 3e-3, UseMedian = useMedian, Loss = loss };
        var bpo = new Learner(config, new VectorEnvironment<MaskedBandit>(new MaskedBandit[8], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 100; i++) bpo.Iterate();
        var returns = PolicyEvaluation.Run(bpo.Policy, (rows, seeds) => new VectorEnvironment<MaskedBandit>(new MaskedBandit[rows], seeds), 400, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > 0.95, $"mean return {returns.Mean}");
    }

    [Fact]
    public void Policy_KeptInAFolder_ActsTheSameWithoutTheMedianHead()
    {
        using var folder = new TemporaryFolder();
        var bpo = Make("Pendulum-v1", Small with { NormalizeObservations = true }, 4);
        for (var i = 0; i < 3; i++) bpo.Iterate();
        var path = Path.Combine(folder.Path, "policy");
        PolicyFile.Save(bpo.Policy, Environment("Pendulum-v1", 1, 1).Spec, path);
        var entry = EnvironmentCatalog.Find("Pendulum-v1");
        double[] Returns(IPolicy policy) => [.. PolicyEvaluation.Run(policy, entry.Create, 3, SeedTree.Root(9).Evaluation).Returns];
        Assert.Equal(Returns(bpo.Policy), Returns(PolicyFile.Load(path, entry.Spec)));
    }

    [Fact]
    public void Iterate_SteadyState_UpdatesAllocateNothing()
    {
        var bpo = Make("CartPole-v1", Small with { Epochs = 8 }, 1);
        Assert.InRange(Allocations.Fewest(bpo.Iterate, repetitions: 1, warmUp: 3), 0, 4096);      // the iteration's list of figures
    }

    [Fact]
    public void Memory_IsToldBeforehandAndDisturbsNothing()
    {
        var (asked, silent) = (Make("CartPole-v1", Small, 1), Make("CartPole-v1", Small, 1));
        Assert.True(asked.Memory is { Parameters: > 0, Step: > 0, Experience: > 0 });
        asked.Iterate();
        silent.Iterate();
        Assert.Equal(asked.Diagnostics, silent.Diagnostics);
    }

    [Fact]
    public void RatioSpread_LearnersOfBothKinds_BeginsAtOneAndIsCounted()
    {
        var ppo = new Ppo(new() { Steps = 1000, EnvironmentCount = 4, Horizon = 32, Epochs = 1, Minibatches = 1, Hidden = [16], LearningRate = 1e-30 }, Environment("CartPole-v1", 4, 4), SeedTree.Root(4));
        ppo.Iterate();
        Assert.All(RatioSpread.Ratios(ppo.Networks, ppo.Experience), ratio => Assert.Equal(1, ratio));
        var spread = RatioSpread.Of([.. Enumerable.Range(0, 101).Select(i => 0.5f + i / 100f)], 0.3);
        Assert.Equal(0.51, spread.Low, 1e-6);
        Assert.Equal(1.49, spread.High, 1e-6);
        Assert.Equal(0.5, spread.Spread, 1e-6);                                          // 0.5 twice among 101: the 99th percentile
        Assert.Equal(40 / 101.0, spread.OutsideShare, 0.01);
    }

    private static IVectorEnvironment Environment(string name, int rows, long seed) => EnvironmentCatalog.Find(name).Create(rows, SeedTree.Root(seed));

    private static Learner Make(string name, BpoConfig config, long seed) => new(config, Environment(name, config.EnvironmentCount, seed), SeedTree.Root(seed));
}
