using Pilotage.Systems.Operations.CloudScheduling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Rules;

public class RuleTests
{
    // The slow machine takes 50 J a unit of work and 100 W idle, the fast one 100 J and 60 W. x ends at 4 on the slow one, y at 5 on the fast one.
    [Theory]
    [InlineData(3, 0, null, 1)]                                                            // ends at 7 or 6.5
    [InlineData(3, 1, null, 0)]                                                            // 7 + 150 + 160 x 2 against 6.5 + 300 + 160 x 1.5: all are kept on
    [InlineData(6, 1, null, 1)]                                                            // 10 + 300 + 160 x 5 against 8 + 600 + 160 x 3; by the work alone it would be the slow one
    [InlineData(3, 1, 60.0, 1)]                                                            // 7 + 150 + 100 x 3 against 6.5 + 300 + 60 x 1.5: each is kept on for itself
    public void LeastCost_CountsTimeWorkAndWhoIsKeptOn(double work, double secondsPerJoule, double? idleSeconds, int machine)
    {
        var problem = ClusterProblem.Create([new("slow", 1, 1, 1, 100, 150), new("fast", 1, 1, 2, 60, 260)], [Job.Single("x", 0, 4), Job.Single("y", 0, 10), Job.Single("z", 0, work)]);
        var cluster = new ClusterSimulation(new() { IdleSeconds = idleSeconds, BootSeconds = idleSeconds is null ? null : 0 });
        cluster.Begin(problem);
        cluster.Advance();
        cluster.Place(0, 0);
        cluster.Place(1, 1);
        var before = (cluster.QueueLength(0), cluster.QueueLength(1));
        DispatchRule.LeastCost(secondsPerJoule).Decide(cluster);
        Assert.Equal(machine == 0 ? (before.Item1 + 1, before.Item2) : (before.Item1, before.Item2 + 1), (cluster.QueueLength(0), cluster.QueueLength(1)));
    }

    [Fact]
    public void LeastCost_SavesEnergyAgainstTheSoonestEnd_AndForgettingIdlePowerWastesIt()
    {
        var world = new AssignmentWorld(new() { Rules = new() { QueueOrder = QueueOrder.Shortest } }, 0.9);
        double Energy(IScheduler rule) => SequenceTests.Run(world, 30, SeedTree.Root(21), _ => rule).Average(figures => figures.EnergyKwh);
        var work = new DispatchRule((cluster, stage) => Enumerable.Range(0, 10).MinBy(m => cluster.EarliestFinish(stage, m) + 0.1 * world.Machines[m].JoulesPerWork * cluster.Problem.Work[stage] * cluster.Problem.Cores[stage]));
        var (soonest, least, forgetful) = (Energy(DispatchRule.EarliestFinish()), Energy(DispatchRule.LeastCost(0.02)), Energy(work));
        Assert.InRange(least / soonest, 0.94, 0.99);
        Assert.True(forgetful > 1.1 * soonest);
    }

    [Fact]
    public void DominantResource_ClassicExample_GivesThreeAndTwo()
    {
        var cluster = new ClusterSimulation(new());
        cluster.Begin(ClusterProblem.Create([new("all", 9, 18, 1)], [new("A", 0, JobShape.Create([new("t", 50, 100, 1, 4)], [])), new("B", 0, JobShape.Create([new("t", 50, 100, 3, 1)], []))]));
        var rule = ShareRule.DominantResource();
        cluster.Advance();
        while (cluster.Now == 0)
        {
            rule.Decide(cluster);
            if (cluster.JobAt(0).Executors + cluster.JobAt(1).Executors == 5) break;
        }
        Assert.Equal((3, 2), (cluster.JobAt(0).Executors, cluster.JobAt(1).Executors));
    }

    [Fact]
    public void Dispatch_LooksAtLoadsAndSpeeds()
    {
        // Loads after the first two: m0 has 8 s, m1 (speed 2) has 5 s.
        IReadOnlyList<Job> jobs = [Job.Single("a", 0, 8), Job.Single("b", 0, 10), Job.Single("c", 0, 4)];
        Assert.Equal([1, 0, 1], Machines("least-loaded", Clusters.Speeds(1, 2), [Job.Single("a", 0, 8), Job.Single("b", 0, 10), Job.Single("c", 0, 4)]));
        Assert.Equal([1, 1, 0], Machines("earliest-finish", Clusters.Speeds(1, 2), jobs));
        Assert.Equal([0, 1, 0], Machines("round-robin", Clusters.Speeds(1, 2), jobs));
        Assert.True(Machines("random", Clusters.Speeds(1, 2), [.. Enumerable.Range(0, 200).Select(i => Job.Single($"{i}", 0, 1))]).Sum() is > 70 and < 130);
    }

    [Fact]
    public void Completion_MinMinMaxMinSuffrage_MapWhatTheyAreNamedFor()
    {
        var machines = Clusters.Speeds(1, 4);
        IReadOnlyList<Job> jobs = [Job.Single("long", 0, 40), Job.Single("short", 0, 8), Job.Single("middle", 0, 12)];
        Assert.Equal(1, First("min-min", machines, jobs));
        Assert.Equal(0, First("max-min", machines, jobs));
        Assert.Equal(0, First("suffrage", machines, jobs));                               // 40 - 10 is the greatest loss

        static int First(string rule, IReadOnlyList<Machine> machines, IReadOnlyList<Job> jobs)
        {
            var log = new ScheduleLog();
            Clusters.Run(machines, jobs, rule, log: log);
            return log.Tasks[0].Stage;
        }
    }

    [Fact]
    public void Packing_ChoosesDemandThatPointsWhereTheRoomIs()
    {
        // 8 of 8 cores and 2 of 8 memory are free after the first: a task of cores aligns, one of memory does not.
        IReadOnlyList<Machine> machine = [new("m", 8, 8, 1)];
        IReadOnlyList<Job> jobs = [Job.Single("memory", 0, 10, cores: 1, memory: 2), Job.Single("cores", 0, 10, cores: 6, memory: 1)];
        var cluster = new ClusterSimulation(new());
        cluster.Begin(ClusterProblem.Create(machine, jobs));
        cluster.Advance();
        new PackingRule(shortWeight: 0).Decide(cluster);
        Assert.Equal(0, cluster.StageAt(1).Unplaced);
        // With a price on work the short one comes first, whatever points where.
        cluster.Begin(ClusterProblem.Create(machine, [Job.Single("memory", 0, 1, cores: 1, memory: 2), Job.Single("cores", 0, 100, cores: 6, memory: 1)]));
        cluster.Advance();
        new PackingRule(shortWeight: 3).Decide(cluster);
        Assert.Equal(0, cluster.StageAt(0).Unplaced);
    }

    [Fact]
    public void Fits_TightestAndMostFrugalMachines()
    {
        IReadOnlyList<Machine> machines = [new("wide", 8, 8, 2, 100, 400), new("tight", 2, 2, 1, 100, 300), new("frugal", 8, 8, 1, 100, 140)];
        Assert.Equal([1], Machines("best-fit", machines, [Job.Single("a", 0, 10, 2, 2)]));
        Assert.Equal([2], Machines("pabfd", machines, [Job.Single("a", 0, 10, 2, 2)]));
        Assert.Equal(1, MostCores());

        // Decreasing: the second asks for more cores and goes first.
        int MostCores()
        {
            var log = new ScheduleLog();
            Clusters.Run(machines, [Job.Single("a", 0, 10, 1, 1), Job.Single("b", 0, 10, 2, 1)], "pabfd", log: log);
            return log.Tasks[0].Stage;
        }
    }

    [Fact]
    public void Fair_NegativePowerFavoursSmallJobs()
    {
        var (small, large) = (JobShape.Create([new("s", 20, 1)], []), JobShape.Create([new("l", 80, 1)], []));
        Assert.Equal((5, 5), Executors(0));
        Assert.Equal((8, 2), Executors(-1));
        Assert.Equal((2, 8), Executors(1));

        (int Small, int Large) Executors(double power)
        {
            var cluster = new ClusterSimulation(new());
            cluster.Begin(ClusterProblem.Create(Clusters.Speeds([.. Enumerable.Repeat(1.0, 10)]), [new("s", 0, small), new("l", 0, large)]));
            cluster.Advance();
            var rule = ShareRule.Fair(power);
            for (var i = 0; i < 10; i++) rule.Decide(cluster);
            return (cluster.JobAt(0).Executors, cluster.JobAt(1).Executors);
        }
    }

    [Fact]
    public void Orders_DeadlinesAndPaths()
    {
        var chain = JobShape.Create([new("a", 1, 1), new("b", 1, 9)], [(0, 1)]);
        IReadOnlyList<Job> jobs = [new("chain", 0, chain, Deadline: 20), Job.Single("one", 0, 5, deadline: 30), Job.Single("two", 0, 2, deadline: 15)];
        Assert.Equal([3, 0, 1, 2], Order("edf"));
        Assert.Equal([3, 2, 0, 1], Order("srpt"));

        IEnumerable<int> Order(string rule)
        {
            var log = new ScheduleLog();
            Clusters.Run(Clusters.Speeds(1), jobs, rule, log: log);
            return log.Tasks.Select(run => run.Stage);
        }
    }

    private static IEnumerable<int> Machines(string rule, IReadOnlyList<Machine> machines, IReadOnlyList<Job> jobs)
    {
        var log = new ScheduleLog();
        Clusters.Run(machines, jobs, rule, log: log);
        return log.Tasks.OrderBy(run => run.Stage).Select(run => run.Machine);
    }
}
