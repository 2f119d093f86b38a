using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms;

public sealed class CmaEsTests
{
    private static readonly CmaEsConfig Small = new() { Episodes = 2, Hidden = [] };

    private static CmaEs Make<T>(CmaEsConfig config, long seed = 3) where T : struct, IEnvironment =>
        new(config, (rows, seeds) => new VectorEnvironment<T>(new T[rows], seeds), SeedTree.Root(seed));

    private static double Return<T>(CmaEs learner) where T : struct, IEnvironment =>
        PolicyEvaluation.Run(learner.Policy, (rows, seeds) => new VectorEnvironment<T>(new T[rows], seeds), 100, SeedTree.Root(9).Evaluation).Mean;

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Iterate_CartPole_IsSolvedWithin150000Steps(long seed)
    {
        var evolution = Make<CartPole>(Small with { Episodes = 4 }, seed);
        while (evolution.Steps < 150_000) evolution.Iterate();
        Assert.True(Return<CartPole>(evolution) > 475, $"{Return<CartPole>(evolution)}");
    }

    [Fact]
    public void Iterate_MaskedChoice_EvolvesUnderTheMask()
    {
        var evolution = Make<MaskedBandit>(Small with { Episodes = 64, Hidden = [8], Population = 24 });
        for (var i = 0; i < 40; i++) evolution.Iterate();
        Assert.True(Return<MaskedBandit>(evolution) > 0.9, $"{Return<MaskedBandit>(evolution)}");
    }

    [Fact]
    public void Iterate_BothKindsOfAction_AreEvolved()
    {
        var evolution = Make<LeverAndDial>(Small with { Episodes = 32, Population = 24 });
        var first = Return<LeverAndDial>(evolution);
        for (var i = 0; i < 60; i++) evolution.Iterate();
        Assert.True(Return<LeverAndDial>(evolution) > first + 1 && Return<LeverAndDial>(evolution) > 0.5, $"{first}, then {Return<LeverAndDial>(evolution)}");
    }

    [Fact]
    public void Iterate_Figures_CountEveryStepPlayed()
    {
        // Episodes of one step: the mean's two and two of each candidate.
        var evolution = Make<MaskedBandit>(Small with { Population = 10 });
        evolution.Iterate();
        Assert.Equal(2 + 10 * 2, evolution.Steps);
        Assert.Equal(1, LearnerChecks.Figure(evolution, "generation"));
        Assert.Equal(1, LearnerChecks.Figure(evolution, "episode_length"));
        Assert.InRange(LearnerChecks.Figure(evolution, "best_return"), LearnerChecks.Figure(evolution, "candidate_return"), 1);
    }

    [Fact]
    public void Weights_Searched_AreTheActorsAlone() =>
        Assert.Equal(["policy.0.weight", "policy.0.bias"], Make<Pendulum>(Small).Weights.Select(block => block.Name));

    [Fact]
    public void Load_OfACheckpoint_ContinuesBitForBit() =>
        LearnerChecks.ContinuesBitForBit(() => Make<CartPole>(Small), (rows, seeds) => new VectorEnvironment<CartPole>(new CartPole[rows], seeds));

    [Fact]
    public void Iterate_SameSeed_GivesTheSameBits() => LearnerChecks.GivesTheSameBits(seed => Make<CartPole>(Small, seed));

    [Fact]
    public void Iterate_Normalization_IsCarried() => LearnerChecks.CarriesItsNormalization(Make<CartPole>(Small));

    [Fact]
    public void Iterate_TinyRun_LeavesTheSameTrace()
    {
        var evolution = Make<CartPole>(Small with { Hidden = [4] }, seed: 42);
        for (var i = 0; i < 5; i++) evolution.Iterate();
        Snapshot.Matches(ParameterHash.Of(evolution.Weights), "trace");
    }
}
