using Pilotage.Systems.Governance.DelayedRepression;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.DelayedRepression.Network;

public sealed class GraphTests
{
    // A path 0-1-2-3-4: the middle lies between 2 * 2 pairs of the ends, its neighbours between 1 * 3.
    [Fact]
    public void Betweenness_Path_CountsPairsByHand() =>
        Assert.Equal([0, 3, 4, 3, 0], Betweenness.Of(GraphGenerator.Neighbours(5, [(0, 1), (1, 2), (2, 3), (3, 4)])));

    // A ring of four: each pair of opposite agents has two shortest paths, half through each of the others.
    [Fact]
    public void Betweenness_Ring_SharesEqualPaths() =>
        Assert.Equal([0.5, 0.5, 0.5, 0.5], Betweenness.Of(GraphGenerator.Neighbours(4, [(0, 1), (1, 2), (2, 3), (3, 0)])));

    [Fact]
    public void Betweenness_SeparateParts_HaveNoPathsBetweenThem() =>
        Assert.Equal([0, 1, 0, 0, 0], Betweenness.Of(GraphGenerator.Neighbours(5, [(0, 1), (1, 2), (3, 4)])));

    [Fact]
    public void Modular_ManyDraws_HaveTheExpectedEdgesWeightsAndBridges()
    {
        var (inside, across) = (0, 0);
        for (var seed = 0; seed < 20; seed++)
        {
            var graph = GraphGenerator.Draw(Topology.Modular, 240, SeedTree.Root(seed));
            Assert.Equal(29, graph.Bridges.Count(isBridge => isBridge));                          // 12 % of 240
            for (var to = 0; to < graph.Count; to++)
                for (var edge = graph.First[to]; edge < graph.First[to + 1]; edge++)
                {
                    var isInside = graph.Sources[edge] / 40 == to / 40;
                    if (isInside) inside++;
                    else across++;
                    Assert.InRange(graph.Weights[edge], isInside ? 0.7f : 0.5f, isInside ? 1.6f : 1.3f);
                    Assert.NotEqual(to, graph.Sources[edge]);
                }
        }
        // 6 · 780 pairs inside at 0.08 and 24,000 across at 0.004, two directions at 0.75 each, twenty draws.
        Assert.Equal(20 * 2 * 0.75 * 6 * 780 * 0.08, inside, 20 * 2 * 0.75 * 6 * 780 * 0.08 * 0.05);
        Assert.Equal(20 * 2 * 0.75 * 24_000 * 0.004, across, 20 * 2 * 0.75 * 24_000 * 0.004 * 0.10);
    }

    [Theory]
    [InlineData(Topology.Random)]
    [InlineData(Topology.ScaleFree)]
    public void Others_Bridges_AreThoseWhoKnowMost(Topology topology)
    {
        var graph = GraphGenerator.Draw(topology, 200, SeedTree.Root(5));
        var known = new HashSet<int>[200];
        for (var i = 0; i < 200; i++) known[i] = [];
        for (var to = 0; to < 200; to++)
            for (var edge = graph.First[to]; edge < graph.First[to + 1]; edge++)
            {
                known[to].Add(graph.Sources[edge]);
                known[graph.Sources[edge]].Add(to);
            }
        Assert.Equal(10, graph.Bridges.Count(isBridge => isBridge));
        Assert.True(Enumerable.Range(0, 200).Where(i => graph.Bridges[i]).Average(i => known[i].Count) > 1.5 * known.Average(n => n.Count));
    }

    [Fact]
    public void Draw_SameSeed_IsTheSameGraph()
    {
        var (a, b) = (GraphGenerator.Draw(Topology.Modular, 60, SeedTree.Root(1)), GraphGenerator.Draw(Topology.Modular, 60, SeedTree.Root(1)));
        Assert.Equal(a.Sources, b.Sources);
        Assert.Equal(a.Weights, b.Weights);
    }

    [Fact]
    public void Graph_EdgesInAnyOrder_AreSortedByWhereTheyLead()
    {
        var graph = new SocialGraph(["a", "b", "c"], [(0, 2, 1f), (1, 0, 2f), (1, 2, 3f)], new bool[3]);
        Assert.Equal([0, 1, 1, 3], graph.First);
        Assert.Equal([1, 0, 1], graph.Sources);
        Assert.Equal([2f, 1f, 3f], graph.Weights);
    }
}
