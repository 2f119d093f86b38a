using Pilotage.Algorithms.Tabular;
using Xunit;

namespace Pilotage.Tests.Algorithms.Tabular;

public class PolicyIterationTests
{
    [Theory, InlineData(0.0), InlineData(0.6), InlineData(0.95)]
    public void Solve_RandomProcesses_EqualsValueIteration(double discount)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var mdp = FiniteMdps.Random(15, 4, SeedTree.Root(seed));
            var (policy, value) = (PolicyIteration.Solve(mdp, discount), ValueIteration.Solve(mdp, discount, 1e-11));
            Assert.Equal(value.Values, policy.Values, (a, b) => Math.Abs(a - b) < 1e-9);
            Assert.Equal(value.Actions, policy.Actions);
            Assert.InRange(policy.Bound, 0, 1e-9);
        }
    }

    [Fact]
    public void Solve_GamblerAndGrid_UndiscountedToo()
    {
        var gambler = PolicyIteration.Solve(FiniteMdps.Gambler(0.4), discount: 1);
        Assert.Equal(ValueIteration.Solve(FiniteMdps.Gambler(0.4), 1, 1e-14).Values, gambler.Values, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(-12, PolicyIteration.Solve(FiniteMdps.Grid(7), discount: 1).Values[0], 1e-9);
    }

    [Fact]
    public void Evaluate_RandomWalk_GivesTheKnownProbabilities()
    {
        // Five states between two ends, left or right by a coin, 1 at the right end: V(s) = s / 6 (Sutton and Barto, example 6.2).
        var builder = new FiniteMdpBuilder(7, 1).End(0).End(6);
        for (var s = 1; s < 6; s++) builder.Add(s, 0, s - 1, 0.5, 0).Add(s, 0, s + 1, 0.5, s == 5 ? 1 : 0);
        var values = PolicyIteration.Evaluate(builder.Build(), new int[7], discount: 1);
        Assert.Equal([0, 1 / 6.0, 2 / 6.0, 3 / 6.0, 4 / 6.0, 5 / 6.0, 0], values, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Evaluate_ManyStates_SweepsToTheSameValues()
    {
        var length = PolicyIteration.LargestElimination + 100;
        var values = PolicyIteration.Evaluate(FiniteMdps.Chain(length), new int[length + 1], discount: 0.99);
        for (var s = 0; s < length; s++) Assert.Equal(Math.Pow(0.99, length - 1 - s), values[s], 1e-12);
    }

    [Fact]
    public void Solve_NoWayToAnEnd_SaysSo()
    {
        var circle = new FiniteMdpBuilder(2, 1).Add(0, 0, 1, 1, -1).Add(1, 0, 0, 1, -1).Build();
        Assert.Contains("never ends", Assert.Throws<RunFailedException>(() => PolicyIteration.Solve(circle, discount: 1)).Message, StringComparison.Ordinal);
        Assert.Equal(-10, PolicyIteration.Solve(circle, discount: 0.9).Values[0], 1e-9);
    }
}
