using Pilotage.Algorithms.Tabular;
using Xunit;

namespace Pilotage.Tests.Algorithms.Tabular;

public class ValueIterationTests
{
    [Theory, InlineData(0.0), InlineData(0.5), InlineData(0.9), InlineData(1.0)]
    public void Solve_Chain_GivesPowersOfTheDiscount(double discount)
    {
        var solution = ValueIteration.Solve(FiniteMdps.Chain(6), discount);
        Assert.Equal([.. Enumerable.Range(0, 6).Select(s => Math.Pow(discount, 5 - s)), 0], solution.Values, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(-1, solution.Actions[6]);
        Assert.Equal(0, solution.Actions[5]);
    }

    [Fact]
    public void Solve_Grid_GivesMinusTheDistance()
    {
        var solution = ValueIteration.Solve(FiniteMdps.Grid(7), discount: 1);
        for (var cell = 0; cell < 49; cell++) Assert.Equal(-(6 - cell / 7 + (6 - cell % 7)), solution.Values[cell], 1e-12);
    }

    [Fact]
    public void Solve_Gambler_EqualsBoldPlay()
    {
        // Below even odds bold play is optimal (Dubins and Savage): 0.4 at half, 0.4^2 at a quarter, 0.4 + 0.6 * 0.4 at three quarters.
        var solution = ValueIteration.Solve(FiniteMdps.Gambler(0.4), discount: 1, tolerance: 1e-14);
        Assert.Equal([0.16, 0.4, 0.64], new[] { 25, 50, 75 }.Select(capital => solution.Values[capital]), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(50, solution.Actions[50]);
    }

    [Theory, InlineData(0.3), InlineData(0.9), InlineData(0.99)]
    public void Solve_Bound_HoldsAndIsWithinTheTolerance(double discount)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var mdp = FiniteMdps.Random(12, 3, SeedTree.Root(seed));
            var exact = PolicyIteration.Solve(mdp, discount).Values;
            var rough = ValueIteration.Solve(mdp, discount, tolerance: 0.1);
            var error = exact.Zip(rough.Values, (a, b) => Math.Abs(a - b)).Max();
            Assert.InRange(rough.Bound, error - 1e-12, 0.1);
        }
    }

    [Fact]
    public void Solve_GainsForEver_SaysSo()
    {
        var endless = new FiniteMdpBuilder(1, 1).Add(0, 0, 0, 1, 1).Build();
        var failure = Assert.Throws<RunFailedException>(() => ValueIteration.Solve(endless, discount: 1, maximumSweeps: 100));
        Assert.Contains("Lower the discount", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_TwoStates_EqualsTheToysOwnIteration()
    {
        var expected = TwoStates.OptimalValues(0.9);
        var mdp = FiniteMdps.TwoStates();
        var solution = ValueIteration.Solve(mdp, 0.9);
        var table = mdp.ToActionValues([.. solution.Values], 0.9);
        for (var s = 0; s < 2; s++)
            for (var a = 0; a < 2; a++) Assert.Equal(expected[s, a], table.Of(s)[a], 1e-5);
    }
}
