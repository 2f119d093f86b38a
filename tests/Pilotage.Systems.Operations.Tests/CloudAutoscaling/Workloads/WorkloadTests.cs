using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Workloads;

public class WorkloadTests
{
    [Fact]
    public void ScaledTo_PeakInTestDays_LooksAtTrainingDaysOnly()
    {
        var workload = Worlds.Of(t => t < 2880 ? 10 : 1000, days: 3);
        var scaled = workload.ScaledTo([.. workload.Days.Take(2)], vms: 12, vmRequests: 100);
        Assert.Equal(1200, scaled.Loads[0], 9);
        Assert.Equal(120_000, scaled.Loads[^1], 6);
    }

    [Fact]
    public void ScaledTo_NoLoadAtAll_StaysAsItIs()
    {
        var workload = Worlds.Constant(0, 2);
        Assert.Same(workload, workload.ScaledTo(workload.Days, 12, 100));
    }

    [Fact]
    public void Days_OfSegments_NeverCrossASeam()
    {
        var workload = new Workload("w", new double[5000], [new(0, 2000, 100), new(2000, 3000, 0)], 60);
        Assert.Equal([new(1, 0, 0, 100), new(2, 2000, 2000, 0), new(3, 3440, 2000, 0)], workload.Days);
    }

    [Fact]
    public void ByShares_FewDays_LeavesADayForEachUse()
    {
        var split = DaySplit.ByShares(Worlds.Constant(1, 3).Days, 0.2, 0.2);
        Assert.Equal((1, 1, 1), (split.Training.Count, split.Validation.Count, split.Test.Count));
        Assert.True(split.Training[0].Number < split.Validation[0].Number && split.Validation[0].Number < split.Test[0].Number);
    }

    [Fact]
    public void Generated_SameSeed_IsTheSameAndFollowsItsShape()
    {
        var one = new GeneratedWorkload().Create("g", SeedTree.Root(1));
        Assert.Equal(one.Loads, new GeneratedWorkload().Create("g", SeedTree.Root(1)).Loads);
        Assert.NotEqual(one.Loads, new GeneratedWorkload().Create("g", SeedTree.Root(2)).Loads);
        Assert.All(one.Loads, load => Assert.True(load >= 0 && load == Math.Floor(load)));
        double AtHour(int hour) => Enumerable.Range(0, 30).Average(day => one.Loads.AsSpan(day * 1440 + hour * 60, 60).Mean());
        Assert.True(AtHour(14) > 2 * AtHour(3));                         // the daily wave peaks in the afternoon
        Assert.True(one.Mean([.. one.Days.Where(day => (day.Number - 1) % 7 >= 5)]) < 0.9 * one.Mean([.. one.Days.Where(day => (day.Number - 1) % 7 < 5)]));
        var trend = new GeneratedWorkload { GrowthPerDay = 0.02 }.Create("g", SeedTree.Root(1));
        Assert.True(trend.Mean([.. trend.Days.Skip(21).Take(7)]) > 1.3 * trend.Mean([.. trend.Days.Take(7)]));
    }
}
