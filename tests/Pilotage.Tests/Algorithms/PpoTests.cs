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

public sealed class PpoTests
{
    private static readonly PpoConfig Small = new() { Steps = 100_000, EnvironmentCount = 4, Horizon = 32, Hidden = [16, 16] };

    [Fact]
    public void Iterate_OnPolicy_HasRatioExactlyOne()
    {
        // One pass with one minibatch: the weights are those that acted. Acting ran on 4 rows, learning runs on 128: the same bits all the same.
        var ppo = CartPolePpo(Small with { Epochs = 1, Minibatches = 1 }, seed: 1);
        for (var i = 0; i < 3; i++)
        {
            ppo.Iterate();
            var figures = ppo.Diagnostics.ToDictionary();
            Assert.Equal(0, figures["approx_kl"]);
            Assert.Equal(0, figures["clip_fraction"]);
        }
    }

    [Fact]
    public void Iterate_SameSeed_GivesTheSameBits()
    {
        var (first, second, other) = (CartPolePpo(Small, seed: 1), CartPolePpo(Small, seed: 1), CartPolePpo(Small, seed: 2));
        foreach (var ppo in new[] { first, second, other })
            for (var i = 0; i < 4; i++) ppo.Iterate();

        Assert.Equal(ParameterHash.Of(first.Weights), ParameterHash.Of(second.Weights));
        Assert.NotEqual(ParameterHash.Of(first.Weights), ParameterHash.Of(other.Weights));
    }

    [Theory]
    [InlineData("CartPole-v1")]
    [InlineData("Pendulum-v1")]
    public void Load_OfACheckpoint_ContinuesBitForBit(string environment)
    {
        var config = Small with { NormalizeObservations = true, NormalizeRewards = true };
        Ppo Make() => new(config, EnvironmentCatalog.Find(environment).Create(4, SeedTree.Root(5)), SeedTree.Root(5));
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
        Assert.Equal(whole.Steps, resumed.Steps);
    }

    [Fact]
    public void Iterate_TimeLimit_BootstrapsThroughIt()
    {
        // Value of the later frames with gamma 0.8: 1 / (1 - 0.8) = 5. Taking the limit for an end would give at most 1 + 0.8 + 0.64 = 2.44, the next first frame 3.95.
        var config = new PpoConfig { Steps = 1_000_000, EnvironmentCount = 4, Horizon = 32, Hidden = [8], Discount = 0.8, LearningRate = 5e-3, AnnealLearningRate = false };
        var ppo = new Ppo(config, new VectorEnvironment<EndlessIncome>(new EndlessIncome[4], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 150; i++) ppo.Iterate();

        Assert.Equal(5, ValueOf(ppo), 0.1);
    }

    [Fact]
    public void Iterate_MaskedActions_LearnsTheBestLegalOne()
    {
        var config = new PpoConfig { Steps = 1_000_000, EnvironmentCount = 8, Horizon = 32, Hidden = [32], LearningRate = 3e-3, AnnealLearningRate = false };
        var ppo = new Ppo(config, new VectorEnvironment<MaskedBandit>(new MaskedBandit[8], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 80; i++) ppo.Iterate();

        // Where the paying action is forbidden the observation is the same, so only the mask makes a return of 1 possible in both cases.
        var returns = PolicyEvaluation.Run(ppo.Policy, (rows, seeds) => new VectorEnvironment<MaskedBandit>(new MaskedBandit[rows], seeds), 400, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > 0.95, $"mean return {returns.Mean}");
    }

    [Fact]
    public void Iterate_SeveralChoices_LearnsThemTogetherAndOnPolicyHasRatioExactlyOne()
    {
        var config = new PpoConfig { Steps = 1_000_000, EnvironmentCount = 8, Horizon = 32, Hidden = [32], LearningRate = 3e-3, AnnealLearningRate = false };
        Ppo Make(PpoConfig settings) => new(settings, new VectorEnvironment<TwoLevers>(new TwoLevers[8], SeedTree.Root(3)), SeedTree.Root(3));
        var still = Make(config with { Epochs = 1, Minibatches = 1 });
        still.Iterate();
        Assert.Equal(0, still.Diagnostics.ToDictionary()["approx_kl"]);

        var ppo = Make(config);
        for (var i = 0; i < 60; i++) ppo.Iterate();
        var returns = PolicyEvaluation.Run(ppo.Policy, (rows, seeds) => new VectorEnvironment<TwoLevers>(new TwoLevers[rows], seeds), 400, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > 0.95, $"mean return {returns.Mean}");
        Assert.InRange(ppo.Diagnostics.ToDictionary()["entropy"], 0, Math.Log(2) + Math.Log(2));
    }

    [Fact]
    public void Iterate_CompositeActions_LearnsBothPartsAndOnPolicyHasRatioExactlyOne()
    {
        var config = new PpoConfig { Steps = 1_000_000, EnvironmentCount = 16, Horizon = 32, Hidden = [32], LearningRate = 3e-3, AnnealLearningRate = false, EntropyWeight = 0, InitialDeviation = 0.5 };
        Ppo Make(PpoConfig settings) => new(settings, new VectorEnvironment<LeverAndDial>(new LeverAndDial[16], SeedTree.Root(3)), SeedTree.Root(3));
        var still = Make(config with { Epochs = 1, Minibatches = 1 });
        still.Iterate();
        still.Iterate();
        Assert.Equal(0, still.Diagnostics.ToDictionary()["approx_kl"]);

        var ppo = Make(config);
        for (var i = 0; i < 60; i++) ppo.Iterate();
        var returns = PolicyEvaluation.Run(ppo.Policy, (rows, seeds) => new VectorEnvironment<LeverAndDial>(new LeverAndDial[rows], seeds), 400, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > 0.9, $"mean return {returns.Mean}");
    }

    [Fact]
    public void Iterate_SteadyState_UpdatesAllocateNothing()
    {
        var ppo = CartPolePpo(Small with { Epochs = 8 }, seed: 1);
        // Thirty-two updates and thirty-two vector steps; what is left is the iteration's list of figures.
        Assert.InRange(Allocations.Fewest(ppo.Iterate, repetitions: 1, warmUp: 3), 0, 4096);
    }

    [Fact]
    public void Iterate_TinyRun_LeavesTheSameTrace()
    {
        var ppo = CartPolePpo(Small, seed: 42);
        for (var i = 0; i < 3; i++) ppo.Iterate();

        Snapshot.Matches(ParameterHash.Of(ppo.Weights), "trace");
    }

    private static Ppo CartPolePpo(PpoConfig config, long seed) =>
        new(config, new VectorEnvironment<CartPole>(new CartPole[config.EnvironmentCount], SeedTree.Root(seed)), SeedTree.Root(seed));

    private static float ValueOf(Ppo ppo)
    {
        using var step = Step.Begin(gradient: Gradient.None);
        return ppo.Networks.Forward(Tensor.From([1], 1, 1), default).Value.Item();
    }
}
