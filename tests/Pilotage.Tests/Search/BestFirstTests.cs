using Pilotage.Search;
using Xunit;

namespace Pilotage.Tests.Search;

public class BestFirstTests
{
    [Fact]
    public void Find_SlidingTiles_IsAsShortAsBreadthFirst()
    {
        var distances = Distances(20);
        var random = SeedTree.Root(1).Start();
        var reachable = distances.Keys.Order(StringComparer.Ordinal).ToArray();
        for (var i = 0; i < 30; i++)
        {
            var start = reachable[random.NextInt(reachable.Length)];
            var found = BestFirst.Find(new SlidingTiles(), start);
            Assert.Equal(distances[start], found.Best!.Cost);
            Assert.Equal(found.Best.Cost, found.Bound);
            Assert.Equal(SlidingTiles.Goal, Replay(start, found.Best.Actions));
        }
    }

    [Fact]
    public void Find_Estimate_SparesExpansions()
    {
        var (with, without) = (BestFirst.Find(new SlidingTiles(), "123560784"), BestFirst.Find(new SlidingTiles(hasEstimate: false), "123560784"));
        Assert.Equal(without.Best!.Cost, with.Best!.Cost);
        Assert.True(3 * with.Expansions < without.Expansions, $"{with.Expansions} and {without.Expansions}");
    }

    [Fact]
    public void Find_WeightAboveOne_IsWithinItOfTheOptimum()
    {
        var distances = Distances(18);
        foreach (var start in distances.Where(pair => pair.Value == 18).Select(pair => pair.Key).Order(StringComparer.Ordinal).Take(20))
        {
            var found = BestFirst.Find(new SlidingTiles(), start, weight: 2);
            Assert.InRange(found.Best!.Cost, 18, 36);
            Assert.InRange(found.Bound, 0, 18);
        }
    }

    [Fact]
    public void Find_InconsistentEstimate_OpensAStateAgain()
    {
        // S to B by A costs 2, directly 3; A's estimate is large enough that B is expanded first by the dear way. The goal is one hop of 10 after B.
        var edges = new Dictionary<string, SearchEdge<string>[]>
        {
            ["S"] = [new(0, 0, "A", 1, 11), new(0, 1, "B", 3, 0)],
            ["A"] = [new(0, 2, "B", 1, 0)],
            ["B"] = [new(0, 3, "G", 10, 0)],
        };
        var found = BestFirst.Find(new Explicit(edges), "S");
        Assert.Equal(12, found.Best!.Cost);
        Assert.Equal([0, 2, 3], found.Best.Actions);
        Assert.Equal(4, found.Expansions);
    }

    [Fact]
    public void Find_EqualPaths_TakesTheFirstListed()
    {
        var edges = new Dictionary<string, SearchEdge<string>[]> { ["S"] = [new(0, 7, "A", 1), new(0, 3, "B", 1)], ["A"] = [new(0, 0, "G", 1)], ["B"] = [new(0, 0, "G", 1)] };
        Assert.Equal([7, 0], BestFirst.Find(new Explicit(edges), "S").Best!.Actions);
    }

    [Fact]
    public void Find_NoGoalOrNoBudget_AreToldApart()
    {
        var island = new Explicit(new() { ["S"] = [new(0, 0, "A", 1)], ["A"] = [new(0, 0, "S", 1)] });
        var none = BestFirst.Find(island, "S");
        Assert.Null(none.Best);
        Assert.True(none.IsComplete);
        Assert.Equal(double.PositiveInfinity, none.Bound);

        var cut = BestFirst.Find(new SlidingTiles(), "647850321", maximumExpansions: 10);
        Assert.False(cut.IsComplete);
        Assert.Equal(10, cut.Expansions);
        Assert.InRange(cut.Bound, 1, 31);                                // 31 moves solve any position
    }

    [Theory, InlineData(-1, 0), InlineData(1, -1), InlineData(double.NaN, 0), InlineData(1, double.NaN)]
    public void Find_ImpossibleNumbers_StopTheSearch(double cost, double estimate) =>
        Assert.Throws<RunFailedException>(() => BestFirst.Find(new Explicit(new() { ["S"] = [new(0, 0, "A", cost, estimate)] }), "S"));

    [Fact]
    public void Find_GoalAtTheStart_NeedsNoStep() => Assert.Empty(BestFirst.Find(new SlidingTiles(), SlidingTiles.Goal, maximumExpansions: 0).Best!.Actions);

    private static Dictionary<string, int> Distances(int farthest)
    {
        var (known, layer, tiles, edges) = (new Dictionary<string, int> { [SlidingTiles.Goal] = 0 }, new List<string> { SlidingTiles.Goal }, new SlidingTiles(), new List<SearchEdge<string>>());
        for (var distance = 1; distance <= farthest; distance++)
        {
            edges.Clear();
            tiles.Expand([.. layer], edges);                             // moves can be undone, so distances from the goal are distances to it
            layer = [.. edges.Select(edge => edge.State).Where(state => known.TryAdd(state, distance))];
        }
        return known;
    }

    private static string Replay(string start, IReadOnlyList<int> actions)
    {
        foreach (var action in actions)
        {
            var edges = new List<SearchEdge<string>>();
            new SlidingTiles().Expand([start], edges);
            start = edges.Single(edge => edge.Action == action).State;
        }
        return start;
    }

    private sealed class Explicit(Dictionary<string, SearchEdge<string>[]> edges) : ISearchProblem<string>
    {
        public bool IsGoal(string state) => state == "G";

        public void Expand(ReadOnlySpan<string> states, List<SearchEdge<string>> into)
        {
            if (edges.TryGetValue(states[0], out var own)) into.AddRange(own);
        }
    }
}
