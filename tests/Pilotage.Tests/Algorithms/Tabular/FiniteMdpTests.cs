using Pilotage.Algorithms.Tabular;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Algorithms.Tabular;

public class FiniteMdpTests
{
    [Fact]
    public void Build_Mistakes_AreToldAllAtOnce()
    {
        var builder = new FiniteMdpBuilder(3, 2).Add(0, 0, 1, 0.5, 1).Add(0, 0, 2, 0.4, 1).Add(2, 0, 2, 1, 0).End(2);
        Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(builder.Build).Problems));
    }

    [Fact]
    public void Add_ImpossibleNumbers_AreRefused()
    {
        var builder = new FiniteMdpBuilder(2, 1);
        foreach (var probability in new[] { 0, -0.1, 1.1, double.NaN }) Assert.Throws<ArgumentOutOfRangeException>(() => builder.Add(0, 0, 1, probability, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Add(0, 0, 1, 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Add(0, 1, 1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Add(-1, 0, 1, 1, 0));
    }

    [Fact]
    public void Reward_SeveralOutcomes_IsTheirMean()
    {
        var mdp = new FiniteMdpBuilder(2, 2).Add(0, 1, 0, 0.25, 8).Add(0, 1, 1, 0.75, 4).End(1).Build();
        Assert.Equal(5, mdp.Reward(0, 1), 1e-12);
        Assert.Equal(5 + 0.5 * (0.25 * 10 + 0.75 * 20), mdp.ActionValue(0, 1, [10, 20], 0.5), 1e-12);
        Assert.False(mdp.IsLegal(0, 0));
        Assert.Equal((1, 5.0), mdp.Best(0, [0, 0], 0.5));
        Assert.Equal((-1, 0.0), mdp.Best(1, [10, 20], 0.5));
    }

    [Fact]
    public void Explore_GridByItsModel_EqualsTheGridByHand()
    {
        var found = ModelEnumeration.Explore(new GridModel(5));
        Assert.Equal(25, found.States.Count);
        Assert.Equal((0, 0), found.States[0]);
        var (byHand, byModel) = (ValueIteration.Solve(FiniteMdps.Grid(5), 1), ValueIteration.Solve(found.Mdp, 1));
        foreach (var (state, number) in found.Numbers) Assert.Equal(byHand.Values[state.Row * 5 + state.Column], byModel.Values[number]);
    }

    [Fact]
    public void Explore_TooManyStates_IsRefused()
    {
        Snapshot.Matches(Assert.Throws<UserMistakeException>(() => ModelEnumeration.Explore(new GridModel(5), maximumStates: 10)).Message);
    }

    private sealed class GridModel(int side) : IFiniteModel<(int Row, int Column)>
    {
        public int ActionCount => 4;

        public IEnumerable<(int Row, int Column)> Starts => [(0, 0)];

        public bool IsTerminal((int Row, int Column) state) => state == (side - 1, side - 1);

        public void Outcomes((int Row, int Column) state, int action, List<ModelOutcome<(int Row, int Column)>> outcomes)
        {
            var row = state.Row + (action == 0 ? -1 : action == 1 ? 1 : 0);
            var column = state.Column + (action == 2 ? -1 : action == 3 ? 1 : 0);
            if (row >= 0 && row < side && column >= 0 && column < side) outcomes.Add(new((row, column), 1, -1));      // walls: illegal here
        }
    }
}
