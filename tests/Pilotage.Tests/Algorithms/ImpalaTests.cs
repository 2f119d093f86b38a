using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms;

public sealed class ImpalaTests
{
    private static readonly ImpalaConfig Small = new() { Steps = 100_000, EnvironmentCount = 4, Hidden = [16, 16] };

    [Fact]
    public void Iterate_NoLag_IsOnPolicy()
    {
        var impala = OnCartPole(Small with { Lag = 0 }, seed: 1);
        for (var i = 0; i < 3; i++)
        {
            impala.Iterate();
            Assert.Equal(0, LearnerChecks.Figure(impala, "approx_kl"));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    public void Iterate_Lag_IsOffPolicyAndTheMoreTheLonger(int lag, int longerBy)
    {
        double MeanKl(int by)
        {
            var (impala, sum) = (OnCartPole(Small with { Lag = by, LearningRate = 3e-3, AnnealLearningRate = false }, seed: 1), 0.0);
            for (var i = 0; i < 10; i++)
            {
                impala.Iterate();
                sum += LearnerChecks.Figure(impala, "approx_kl");
            }
            return sum;
        }
        Assert.InRange(MeanKl(lag), 1e-9, MeanKl(lag + longerBy));
    }

    [Fact]
    public void Iterate_NoLagAndLambdaOne_IsA2c()
    {
        // On policy V-trace gives the n-step returns, so both make the same updates but for rounding.
        var impala = OnCartPole(Small with { Lag = 0, Horizon = 5, LearningRate = 7e-4, AnnealLearningRate = false, EntropyWeight = 0.01, NormalizeRewards = false }, seed: 7);
        var a2c = new A2c(
            new() { Steps = 100_000, EnvironmentCount = 4, Hidden = [16, 16], EntropyWeight = 0.01 }, new VectorEnvironment<CartPole>(new CartPole[4], SeedTree.Root(7)), SeedTree.Root(7));
        a2c.Iterate();                                                   // sixteen updates
        for (var i = 0; i < 4; i++) impala.Iterate();                    // four each

        Assert.Equal(a2c.Steps, impala.Steps);
        foreach (var (ours, theirs) in impala.Weights.Zip(a2c.Weights))
            Assert.Equal(theirs.Values.ToArray(), ours.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void Iterate_SameSeed_GivesTheSameBits() => LearnerChecks.GivesTheSameBits(seed => OnCartPole(Small, seed));

    [Theory]
    [InlineData("CartPole-v1", 0)]
    [InlineData("CartPole-v1", 3)]
    [InlineData("Pendulum-v1", 1)]
    public void Load_OfACheckpoint_ContinuesBitForBit(string environment, int lag)
    {
        var (entry, config) = (EnvironmentCatalog.Find(environment), Small with { Lag = lag, NormalizeObservations = true, NormalizeRewards = true });
        LearnerChecks.ContinuesBitForBit(() => new Impala(config, entry.Create(4, SeedTree.Root(5)), SeedTree.Root(5)), entry.Create);
    }

    [Fact]
    public void Policy_OfNormalisedObservations_CarriesTheStatistics() =>
        LearnerChecks.CarriesItsNormalization(OnCartPole(Small with { NormalizeObservations = true }, seed: 1));

    [Fact]
    public void Iterate_TimeLimit_BootstrapsThroughIt()
    {
        var config = new ImpalaConfig { Steps = 1_000_000, EnvironmentCount = 4, Hidden = [8], Discount = 0.8, LearningRate = 5e-3, AnnealLearningRate = false, Lag = 2, NormalizeRewards = false };
        var impala = new Impala(config, new VectorEnvironment<EndlessIncome>(new EndlessIncome[4], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 300; i++) impala.Iterate();

        Assert.Equal(5, LearnerChecks.ValueOf(impala.Networks, 1), 0.1);
    }

    [Fact]
    public void Iterate_MaskedActions_LearnsTheBestLegalOne()
    {
        var config = new ImpalaConfig { Steps = 1_000_000, EnvironmentCount = 8, Hidden = [32], LearningRate = 3e-3, AnnealLearningRate = false, Lag = 4 };
        var impala = new Impala(config, new VectorEnvironment<MaskedBandit>(new MaskedBandit[8], SeedTree.Root(3)), SeedTree.Root(3));
        for (var i = 0; i < 150; i++) impala.Iterate();

        var returns = PolicyEvaluation.Run(impala.Policy, (rows, seeds) => new VectorEnvironment<MaskedBandit>(new MaskedBandit[rows], seeds), 400, SeedTree.Root(9).Evaluation);
        Assert.True(returns.Mean > 0.95, $"mean return {returns.Mean}");
    }

    [Fact]
    public void Iterate_SteadyState_UpdatesAllocateNothing() => LearnerChecks.AllocatesNextToNothing(OnCartPole(Small, seed: 1));

    [Fact]
    public void Memory_BeforeTheFirstStep_IsTold() => LearnerChecks.TellsItsMemory(OnCartPole(Small, seed: 1));

    [Fact]
    public void Problems_TraceCutAboveRatioCut_IsRefused() =>
        Assert.Equal(["traceCut = 2 is above ratioCut = 1; the paper's convergence needs it at or below. Use at most 1."], new ImpalaConfig { TraceCut = 2 }.Problems());

    [Fact]
    public void Iterate_TinyRun_LeavesTheSameTrace()
    {
        var impala = OnCartPole(Small, seed: 42);
        for (var i = 0; i < 3; i++) impala.Iterate();

        Snapshot.Matches(ParameterHash.Of(impala.Weights), "trace");
    }

    private static Impala OnCartPole(ImpalaConfig config, long seed) =>
        new(config, new VectorEnvironment<CartPole>(new CartPole[config.EnvironmentCount], SeedTree.Root(seed)), SeedTree.Root(seed));
}
