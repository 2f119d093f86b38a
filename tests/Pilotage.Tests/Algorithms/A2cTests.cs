using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms;

public sealed class A2cTests
{
    private static readonly A2cConfig Small = new() { Steps = 100_000, EnvironmentCount = 4, Hidden = [16, 16] };

    [Theory]
    [InlineData(A2cOptimizer.RmsProp)]
    [InlineData(A2cOptimizer.Adam)]
    public void Iterate_SameSeed_GivesTheSameBits(A2cOptimizer optimizer) => LearnerChecks.GivesTheSameBits(seed => OnCartPole(Small with { Optimizer = optimizer }, seed));

    [Theory]
    [InlineData("CartPole-v1")]
    [InlineData("Pendulum-v1")]
    public void Load_OfACheckpoint_ContinuesBitForBit(string environment)
    {
        var (entry, config) = (EnvironmentCatalog.Find(environment), Small with { NormalizeObservations = true, NormalizeRewards = true, AnnealLearningRate = true });
        LearnerChecks.ContinuesBitForBit(() => new A2c(config, entry.Create(4, SeedTree.Root(5)), SeedTree.Root(5)), entry.Create);
    }

    [Fact]
    public void Policy_OfNormalisedObservations_CarriesTheStatistics() =>
        LearnerChecks.CarriesItsNormalization(OnCartPole(Small with { NormalizeObservations = true }, seed: 1));

    [Fact]
    public void Iterate_TimeLimit_BootstrapsThroughIt()
    {
        // As for PPO: 5 with gamma 0.8; taking the limit for an end would give at most 2.44, the next first frame 3.95.
        var config = new A2cConfig { Steps = 1_000_000, EnvironmentCount = 4, Hidden = [8], Discount = 0.8, Optimizer = A2cOptimizer.Adam, LearningRate = 5e-3 };
        var a2c = new A2c(config, new VectorEnvironment<EndlessIncome>(new EndlessIncome[4], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 120; i++) a2c.Iterate();

        Assert.Equal(5, LearnerChecks.ValueOf(a2c.Networks, 1), 0.1);
    }

    [Fact]
    public void Iterate_MaskedActions_LearnsTheBestLegalOne()
    {
        var config = new A2cConfig { Steps = 1_000_000, EnvironmentCount = 16, Hidden = [32], LearningRate = 3e-3 };
        var a2c = new A2c(config, new VectorEnvironment<MaskedBandit>(new MaskedBandit[16], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 60; i++) a2c.Iterate();

        var returns = PolicyEvaluation.Run(a2c.Policy, (rows, seeds) => new VectorEnvironment<MaskedBandit>(new MaskedBandit[rows], seeds), 400, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > 0.95, $"mean return {returns.Mean}");
    }

    [Fact]
    public void Iterate_CompositeActions_LearnsBothParts()
    {
        var config = new A2cConfig { Steps = 1_000_000, EnvironmentCount = 32, Horizon = 8, Hidden = [32], LearningRate = 3e-3, InitialDeviation = 0.5 };
        var a2c = new A2c(config, new VectorEnvironment<LeverAndDial>(new LeverAndDial[32], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 60; i++) a2c.Iterate();

        var returns = PolicyEvaluation.Run(a2c.Policy, (rows, seeds) => new VectorEnvironment<LeverAndDial>(new LeverAndDial[rows], seeds), 400, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > 0.9, $"mean return {returns.Mean}");
    }

    [Fact]
    public void Iterate_SteadyState_UpdatesAllocateNothing() => LearnerChecks.AllocatesNextToNothing(OnCartPole(Small, seed: 1));

    [Fact]
    public void Memory_BeforeTheFirstStep_IsTold() => LearnerChecks.TellsItsMemory(OnCartPole(Small, seed: 1));

    [Fact]
    public void Iterate_LastUpdates_StopAtTheBudget()
    {
        var a2c = OnCartPole(Small with { Steps = 50 }, seed: 1);
        a2c.Iterate();

        Assert.Equal(60, a2c.Steps);                                    // three updates of 5 x 4 steps, not sixteen
    }

    [Fact]
    public void Iterate_TinyRun_LeavesTheSameTrace()
    {
        var a2c = OnCartPole(Small, seed: 42);
        for (var i = 0; i < 3; i++) a2c.Iterate();

        Snapshot.Matches(ParameterHash.Of(a2c.Weights), "trace");
    }

    private static A2c OnCartPole(A2cConfig config, long seed) =>
        new(config, new VectorEnvironment<CartPole>(new CartPole[config.EnvironmentCount], SeedTree.Root(seed)), SeedTree.Root(seed));
}
