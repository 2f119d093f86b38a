using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Tests.Environments;
using Pilotage.Tests.Policies;
using Xunit;

namespace Pilotage.Tests.Evaluation;

public sealed class PolicyEvaluationTests
{
    private static readonly SeedTree Seeds = SeedTree.Root(1).Evaluation;

    [Fact]
    public void Run_RowsOfDifferentLengths_EachPlaysItsFixedShare()
    {
        // Given rows whose episodes last 1 and 4 steps and pay the step's number
        IVectorEnvironment Make(int rows, SeedTree seeds) => new VectorEnvironment<ScriptedEnvironment>(
            [.. Enumerable.Range(0, rows).Select(row => VectorEnvironmentTests.EndingAfter(1 + 3 * row))], seeds);

        // When five episodes are played on two rows
        var returns = PolicyEvaluation.Run(new ConstantPolicy(0), Make, episodes: 5, Seeds, rows: 2);

        // Then the short row plays three and the long one two, though five short ones would end first
        Assert.Equal([1, 1, 1, 10, 10], returns.Returns);
        Assert.Equal([1, 1, 1, 4, 4], returns.Lengths);
        Assert.Equal((5, 4.6, 2.2), (returns.Count, returns.Mean, returns.MeanLength));
    }

    [Fact]
    public void Run_FewerEpisodesThanRows_UsesAsManyRows()
    {
        var asked = 0;
        var returns = PolicyEvaluation.Run(new RandomPolicy(), (rows, seeds) => new VectorEnvironment<CartPole>(new CartPole[asked = rows], seeds), episodes: 3, Seeds);

        Assert.Equal((3, 3), (asked, returns.Count));
    }

    [Fact]
    public void Run_PolicyWithMemory_IsResetWithEachRow()
    {
        // The policy's action counts its steps in the episode; four actions exist, so a count that is not reset leaves the space.
        IVectorEnvironment Make(int rows, SeedTree seeds) => new VectorEnvironment<ScriptedEnvironment>(
            [.. Enumerable.Range(0, rows).Select(_ => VectorEnvironmentTests.EndingAfter(3))], seeds, ScriptedEnvironment.Describe() with { Actions = new ActionSpace.Discrete(4) });

        Assert.Equal(6, PolicyEvaluation.Run(new NormalizedPolicyTests.CountingPolicy(), Make, episodes: 6, Seeds, rows: 2).Mean);
    }

    [Fact]
    public void Run_SameSeeds_GivesTheSameEpisodesAndOthersOtherwise()
    {
        IVectorEnvironment Make(int rows, SeedTree seeds) => new VectorEnvironment<Pendulum>(new Pendulum[rows], seeds);
        var first = PolicyEvaluation.Run(new RandomPolicy(), Make, episodes: 10, Seeds, rows: 4);
        var again = PolicyEvaluation.Run(new RandomPolicy(), Make, episodes: 10, Seeds, rows: 4);
        var other = PolicyEvaluation.Run(new RandomPolicy(), Make, episodes: 10, Seeds.Branch(1), rows: 4);

        Assert.Equal(first.Returns, again.Returns);
        Assert.NotEqual(first.Returns, other.Returns);
        Assert.Equal(10, first.Returns.Distinct().Count());
    }

    [Fact]
    public void Run_NumbersOutOfRange_AreRefused()
    {
        static IVectorEnvironment Make(int rows, SeedTree seeds) => new VectorEnvironment<CartPole>(new CartPole[rows], seeds);
        Assert.Throws<ArgumentOutOfRangeException>(() => PolicyEvaluation.Run(new RandomPolicy(), Make, episodes: 0, Seeds));
        Assert.Throws<ArgumentOutOfRangeException>(() => PolicyEvaluation.Run(new RandomPolicy(), Make, episodes: 1, Seeds, rows: 0));
        Assert.Throws<ArgumentException>(() => PolicyEvaluation.Run(new RandomPolicy(), (rows, seeds) => Make(rows + 1, seeds), episodes: 4, Seeds));
    }

    [Fact]
    public void Run_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(() => PolicyEvaluation.Run(
        new RandomPolicy(), (rows, seeds) => new VectorEnvironment<CartPole>(new CartPole[rows], seeds), episodes: 4, Seeds, cancellation: new(canceled: true)));
}
