using Pilotage.Systems.Operations.CloudScheduling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Arrivals;

public class ArrivalTests
{
    [Theory]
    [InlineData(ArrivalKind.Poisson), InlineData(ArrivalKind.Bursty)]
    public void Times_Ascend_AtTheWantedRate(ArrivalKind kind)
    {
        var random = SeedTree.Root(2).Start();
        var times = ArrivalProcess.Times(kind, 100_000, 2.5, ref random);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second >= pair.First));
        Assert.Equal(2.5, times.Length / times[^1], 0.05);
        // Counts of windows of ten mean gaps: a Poisson process's vary as much as they are large; bursts vary more.
        var counts = times.GroupBy(time => (int)(time / 4)).Select(group => (double)group.Count()).ToList();
        var dispersion = counts.Average(count => (count - 10) * (count - 10)) / 10;
        if (kind == ArrivalKind.Poisson) Assert.Equal(1, dispersion, 0.06);
        else Assert.InRange(dispersion, 2, 8);
    }

    [Fact]
    public void Rate_KeepsMachinesBusyToTheLoad() => Assert.Equal(0.9 * (2 * 3 + 4 * 1) / 5, ArrivalProcess.Rate(0.9, [new("a", 2, 1, 3), new("b", 4, 1, 1)], 5), 1e-12);

    [Fact]
    public void AssignmentWorld_LongSequences_HaveTheLoad()
    {
        var world = new AssignmentWorld(new() { Tasks = 20_000 }, 0.7);
        var random = SeedTree.Root(4).Start();
        var problem = world.Draw(ref random);
        var capacity = world.Machines.Sum(machine => machine.Cores * machine.Speed);
        Assert.Equal(0.7, problem.Jobs.Sum(job => job.Shape.TotalWork) / (capacity * problem.Jobs[^1].Arrival), 0.03);
    }

    [Fact]
    public void PackingWorld_LongSequences_HaveTheLoad_InWholeSeconds()
    {
        var world = new PackingWorld(new() { Jobs = 20_000, Load = 0.8 });
        var random = SeedTree.Root(4).Start();
        var problem = world.Draw(ref random);
        Assert.Equal(0.8, problem.Jobs.Sum(job => job.Shape.Stages[0].Work * (job.Shape.Stages[0].Cores + job.Shape.Stages[0].Memory) / 2) / (20 * problem.Jobs[^1].Arrival), 0.04);
        Assert.All(problem.Jobs, job => Assert.Equal(Math.Round(job.Arrival), job.Arrival));
    }
}
