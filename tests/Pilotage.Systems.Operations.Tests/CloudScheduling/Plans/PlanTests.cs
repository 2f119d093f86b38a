using Pilotage.Systems.Operations.CloudScheduling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Plans;

public class PlanTests
{
    // The example of Topcuoglu, Hariri and Wu (2002), Figure 2: ten tasks, three processors.
    private static PlanGraph Published() => new(
        [[14, 16, 9], [13, 19, 18], [11, 13, 19], [13, 8, 17], [12, 13, 10], [13, 16, 9], [7, 15, 11], [5, 11, 14], [18, 12, 20], [21, 7, 16]],
        [(0, 1, 18), (0, 2, 12), (0, 3, 9), (0, 4, 11), (0, 5, 14), (1, 7, 19), (1, 8, 16), (2, 6, 23), (3, 7, 27), (3, 8, 23), (4, 8, 13), (5, 7, 15), (6, 9, 17), (7, 9, 11), (8, 9, 13)],
        [0, 1, 2]);

    [Fact]
    public void UpwardRanks_AreThePublishedOnes()
    {
        double[] published = [108, 77, 80, 80, 69, 63.333, 42.667, 35.667, 44.333, 14.667];
        Assert.All(published.Zip(Published().UpwardRanks()), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    [Fact]
    public void Heft_PublishedExample_TakesEighty() => Assert.Equal(80, Heft.Plan(Published(), new(3)).Makespan, 1e-12);

    [Fact]
    public void Cpop_PublishedExample_TakesEightySix() => Assert.Equal(86, Cpop.Plan(Published(), new(3)).Makespan, 1e-12);

    [Fact]
    public void UpwardRanks_OfExitIsItsMeanCost_AndTheyFallAlongEdges()
    {
        var random = SeedTree.Root(4).Start();
        for (var i = 0; i < 20; i++)
        {
            var (costs, edges) = (new List<double[]>(), new List<(int From, int To, double)>());
            for (var task = 0; task < 12; task++)
            {
                costs.Add([1 + random.NextInt(9), 1 + random.NextInt(9)]);
                for (var before = 0; before < task; before++)
                    if (random.NextInt(4) == 0) edges.Add((before, task, random.NextInt(3)));
            }
            var graph = new PlanGraph([.. costs], edges, [0, 1]);
            var ranks = graph.UpwardRanks();
            for (var task = 0; task < 12; task++)
                if (graph.Children[task].Length == 0) Assert.Equal(costs[task].Average(), ranks[task], 1e-12);
            Assert.All(edges, edge => Assert.True(ranks[edge.From] > ranks[edge.To]));
            var plan = Heft.Plan(graph, new(2));
            Assert.All(edges, edge => Assert.True(plan.Start[edge.To] >= plan.End[edge.From] + (plan.Lane[edge.From] == plan.Lane[edge.To] ? 0 : edge.Item3) - 1e-9));
        }
    }

    [Fact]
    public void LaneTimes_FillGaps_AndKeepWhatIsLeftOfThem()
    {
        var lanes = new LaneTimes(1);
        lanes.Take(0, 10, 12);
        Assert.Equal(0, lanes.FirstStart(0, 0, 10));
        Assert.Equal(12, lanes.FirstStart(0, 0, 11));
        lanes.Take(0, 4, 6);
        Assert.Equal(0, lanes.FirstStart(0, 0, 4));
        Assert.Equal(6, lanes.FirstStart(0, 1, 4));
        Assert.Equal(12, lanes.FirstStart(0, 7, 4));
    }

    [Fact]
    public void PlanRule_OneDag_TakesAsLongAsThePlan()
    {
        var shape = JobShape.Create([new("a", 1, 2, OutputBytes: 125e6), new("b", 1, 3), new("c", 1, 4, OutputBytes: 250e6), new("d", 1, 1)], [(0, 1), (0, 2), (1, 3), (2, 3)]);
        // Ranks fall a, c, b, d. The fast machine: a to 1, c to 3, b to 4.5 (the slow one, fetching for a second, would end at 5), d to 5.
        Assert.Equal(5, Clusters.Run(Clusters.Speeds(2, 1), [new("j", 0, shape)], "heft").Makespan, 1e-12);
        Assert.Equal(10, Clusters.Run(Clusters.Speeds(1), [new("j", 0, shape)], "heft").Makespan, 1e-12);
        Assert.Equal(10, Clusters.Run(Clusters.Speeds(1), [new("j", 0, shape)], "cpop").Makespan, 1e-12);
    }
}
