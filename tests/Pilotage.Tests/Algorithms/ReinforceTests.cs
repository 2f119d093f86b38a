using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms;

public sealed class ReinforceTests
{
    private static readonly ReinforceConfig Small = new() { Steps = 100_000, EnvironmentCount = 4, EpisodesPerUpdate = 6, Hidden = [16, 16] };

    [Fact]
    public void Iterate_MoreEpisodesThanRows_PlaysExactlySoMany()
    {
        // Episodes of one step: rows play 3, 3 and 2 of eight, and the third row waits one step.
        var config = new ReinforceConfig { EnvironmentCount = 3, EpisodesPerUpdate = 8, Hidden = [8] };
        var reinforce = new Reinforce(config, new VectorEnvironment<MaskedBandit>(new MaskedBandit[3], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 1; i <= 3; i++)
        {
            reinforce.Iterate();
            Assert.Equal((8 * i, 9 * i), (LearnerChecks.Figure(reinforce, "episodes"), reinforce.Steps));
        }
    }

    [Fact]
    public void Iterate_FewerEpisodesThanRows_LeavesTheOthersOut()
    {
        var config = new ReinforceConfig { EnvironmentCount = 4, EpisodesPerUpdate = 1, Hidden = [8] };
        var reinforce = new Reinforce(config, new VectorEnvironment<EndlessIncome>(new EndlessIncome[4], SeedTree.Root(3)), SeedTree.Root(3));
        reinforce.Iterate();
        reinforce.Iterate();

        Assert.Equal((2, 3, 4), (LearnerChecks.Figure(reinforce, "episodes"), LearnerChecks.Figure(reinforce, "episode_return"), LearnerChecks.Figure(reinforce, "episode_length")));
    }

    [Fact]
    public void Iterate_TimeLimitWithBaseline_BootstrapsThroughIt()
    {
        var config = new ReinforceConfig { EnvironmentCount = 4, EpisodesPerUpdate = 16, Hidden = [8], Discount = 0.8, LearningRate = 1e-2, AnnealLearningRate = false, NormalizeRewards = false };
        var reinforce = new Reinforce(config, new VectorEnvironment<EndlessIncome>(new EndlessIncome[4], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 1500; i++) reinforce.Iterate();

        Assert.Equal(5, LearnerChecks.ValueOf(reinforce.Networks, 1), 0.1);
    }

    [Fact]
    public void Iterate_NoBaseline_LeavesTheValueNetworkAlone()
    {
        var reinforce = OnCartPole(Small with { Baseline = false }, seed: 1);
        float[] Value() => [.. reinforce.Weights.Where(block => block.Name.StartsWith("value", StringComparison.Ordinal)).SelectMany(block => block.Values.ToArray())];
        var before = Value();
        for (var i = 0; i < 3; i++) reinforce.Iterate();

        Assert.Equal(before, Value());
        Assert.DoesNotContain(reinforce.Diagnostics, figure => figure.Key == "value_loss");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Iterate_MaskedActions_LearnsTheBestLegalOne(bool baseline)
    {
        var config = new ReinforceConfig { EnvironmentCount = 16, EpisodesPerUpdate = 128, Hidden = [32], LearningRate = 1e-2, Baseline = baseline, AnnealLearningRate = false };
        var reinforce = new Reinforce(config, new VectorEnvironment<MaskedBandit>(new MaskedBandit[16], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 150; i++) reinforce.Iterate();

        var returns = PolicyEvaluation.Run(reinforce.Policy, (rows, seeds) => new VectorEnvironment<MaskedBandit>(new MaskedBandit[rows], seeds), 400, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > 0.95, $"mean return {returns.Mean}");
    }

    [Fact]
    public void Iterate_EpisodeThatDoesNotEnd_StopsTheRunAndSaysWhatToDo()
    {
        var config = new ReinforceConfig { EnvironmentCount = 1, LongestEpisode = 50, Hidden = [8] };
        var reinforce = new Reinforce(
            config, new VectorEnvironment<EndlessIncome>(new EndlessIncome[1], SeedTree.Root(3), EndlessIncome.Describe() with { TimeLimit = null }), SeedTree.Root(3));

        Assert.Equal(
            "EndlessIncome: an episode goes on after 50 steps; whole episodes must end. Give the environment a time limit, raise longestEpisode, or use ppo or a2c.",
            Assert.Throws<RunFailedException>(reinforce.Iterate).Message);
    }

    [Fact]
    public void Iterate_SameSeed_GivesTheSameBits() => LearnerChecks.GivesTheSameBits(seed => OnCartPole(Small, seed));

    [Theory]
    [InlineData("CartPole-v1")]
    [InlineData("Pendulum-v1")]
    public void Load_OfACheckpoint_ContinuesBitForBit(string environment)
    {
        var (entry, config) = (EnvironmentCatalog.Find(environment), Small with { NormalizeObservations = true, NormalizeRewards = true });
        LearnerChecks.ContinuesBitForBit(() => new Reinforce(config, entry.Create(4, SeedTree.Root(5)), SeedTree.Root(5)), entry.Create);
    }

    [Fact]
    public void Policy_OfNormalisedObservations_CarriesTheStatistics() =>
        LearnerChecks.CarriesItsNormalization(OnCartPole(Small with { NormalizeObservations = true }, seed: 1));

    [Fact]
    public void Iterate_SteadyState_UpdatesAllocateNothing()
    {
        var reinforce = new Reinforce(Small, new VectorEnvironment<EndlessIncome>(new EndlessIncome[4], SeedTree.Root(3)), SeedTree.Root(3));
        LearnerChecks.AllocatesNextToNothing(reinforce);
    }

    [Fact]
    public void Memory_BeforeTheFirstStep_IsTold() => LearnerChecks.TellsItsMemory(OnCartPole(Small, seed: 1));

    [Fact]
    public void Iterate_TinyRun_LeavesTheSameTrace()
    {
        var reinforce = OnCartPole(Small, seed: 42);
        for (var i = 0; i < 3; i++) reinforce.Iterate();

        Snapshot.Matches(ParameterHash.Of(reinforce.Weights), "trace");
    }

    private static Reinforce OnCartPole(ReinforceConfig config, long seed) =>
        new(config, new VectorEnvironment<CartPole>(new CartPole[config.EnvironmentCount], SeedTree.Root(seed)), SeedTree.Root(seed));
}
