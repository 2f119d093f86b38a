using Pilotage.Systems.Operations.CloudScheduling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Exact;

public class ExactTests
{
    [Fact]
    public void Makespan_TwoSpeedsThreeTasks_IsTheWorkedExample()
    {
        var (value, machines, _) = BranchAndBound.Makespan([2, 2, 2], [1, 2]);
        Assert.Equal(2, value, 1e-12);
        Assert.Equal([1, 2], machines.CountBy(machine => machine).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal(2, LowerBounds.Makespan(ClusterProblem.Create(Clusters.Speeds(1, 2), Clusters.Batch(2, 2, 2))), 1e-12);
    }

    [Fact]
    public void Optima_AreThoseOfEveryAssignment_AndCutMostOfThem()
    {
        var random = SeedTree.Root(9).Start();
        for (var trial = 0; trial < 12; trial++)
        {
            double[] work = new double[1 + random.NextInt(7)], speeds = new double[1 + random.NextInt(3)];
            foreach (ref var w in work.AsSpan()) w = 1 + random.NextInt(20);
            foreach (ref var speed in speeds.AsSpan()) speed = 1 + random.NextInt(3);
            var (makespan, total) = Everything(work, speeds);
            Assert.Equal(makespan, BranchAndBound.Makespan(work, speeds).Value, 1e-9);
            Assert.Equal(total, BranchAndBound.TotalCompletion(work, speeds).Value, 1e-9);
            var problem = ClusterProblem.Create(Clusters.Speeds(speeds), Clusters.Batch(work));
            Assert.True(LowerBounds.Makespan(problem) <= makespan + 1e-9);
            Assert.True(LowerBounds.MeanCompletion(problem) * work.Length <= total + 1e-9);
            foreach (var name in SchedulerCatalog.Names)
            {
                var figures = Clusters.Run(problem.Machines, problem.Jobs, name);
                Assert.True(figures.Makespan >= makespan - 1e-9, name);
                Assert.True(figures.MeanCompletion * work.Length >= total - 1e-9, name);
            }
        }
        Assert.InRange(BranchAndBound.Makespan([9, 8, 7, 6, 5, 4, 3, 2], [1, 2, 3]).Nodes, 8, 3000);
    }

    [Fact]
    public void Assignment_GivesItsValue()
    {
        double[] work = [7, 3, 5, 2, 8, 1], speeds = [1, 2, 1];
        var (value, machines, _) = BranchAndBound.Makespan(work, speeds);
        Assert.Equal(value, machines.Zip(work).GroupBy(pair => pair.First).Max(group => group.Sum(pair => pair.Second) / speeds[group.Key]), 1e-12);
    }

    [Fact]
    public void TooLarge_IsRefused() => Assert.Throws<ArgumentException>(() => BranchAndBound.Makespan(new double[9], [1, 1]));

    // Each assignment; on each machine the shortest first.
    private static (double Makespan, double Total) Everything(double[] work, double[] speeds)
    {
        var (makespan, total) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var code = 0; code < Math.Pow(speeds.Length, work.Length); code++)
        {
            var (loads, sum, rest) = (new double[speeds.Length], 0.0, code);
            var machines = work.Select(_ => { var machine = rest % speeds.Length; rest /= speeds.Length; return machine; }).ToArray();
            foreach (var task in Enumerable.Range(0, work.Length).OrderBy(task => work[task])) sum += loads[machines[task]] += work[task] / speeds[machines[task]];
            (makespan, total) = (Math.Min(makespan, loads.Max()), Math.Min(total, sum));
        }
        return (makespan, total);
    }
}
