using Pilotage.Systems.Operations.CloudScheduling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Cluster;

public class ClusterSimulationTests
{
    [Fact]
    public void OneMachine_ShortestFirst_IsTheWorkedExample()
    {
        var (machine, jobs) = (Clusters.Speeds(1), Clusters.Batch(3, 1, 2));
        var (shortest, fifo, longest) = (Clusters.Run(machine, jobs, "sjf"), Clusters.Run(machine, jobs, "fifo"), Clusters.Run(machine, jobs, "ljf"));
        Assert.Equal((1 + 3 + 6) / 3.0, shortest.MeanCompletion, 1e-12);
        Assert.Equal((3 + 4 + 6) / 3.0, fifo.MeanCompletion, 1e-12);
        Assert.Equal((3 + 5 + 6) / 3.0, longest.MeanCompletion, 1e-12);
        Assert.All(new[] { shortest, fifo, longest }, figures => Assert.Equal(6, figures.Makespan));
        Assert.Equal((1 / 1.0 + 3 / 2.0 + 6 / 3.0) / 3, shortest.Slowdown, 1e-12);
    }

    [Fact]
    public void Energy_HalfLoadForAnHour_IsTheFormula()
    {
        var machine = new Machine("m", 2, 1, 1, 100, 200, PricePerHour: 0.5);
        var figures = Clusters.Run([machine], [Job.Single("j", 0, 3600)], "fifo");
        Assert.Equal(0.150, figures.EnergyKwh, 1e-12);
        Assert.Equal(0.5, figures.Cost, 1e-12);
        Assert.Equal(0.5, figures.Utilisation, 1e-12);
    }

    [Fact]
    public void Energy_PowerDown_CountsBootingAndIdleSecondsAndNothingWhileOff()
    {
        var machine = new Machine("m", 1, 1, 1, 100, 200);
        var rules = new ClusterRules { IdleSeconds = 20, BootSeconds = 30 };
        var jobs = new[] { Job.Single("a", 10, 40), Job.Single("b", 200, 40) };
        var figures = Clusters.Run([machine], jobs, "fifo", rules);
        // a: on at 10, works 40 to 80, off at 100. b: on at 200, works 230 to 270.
        Assert.Equal((30 * 100 + 40 * 200 + 20 * 100 + 30 * 100 + 40 * 200) / 3.6e6, figures.EnergyKwh, 1e-12);
        Assert.Equal((70 + 70) / 2.0, figures.MeanCompletion, 1e-12);
        Assert.Equal((240 * 100 + 80 * 100) / 3.6e6, Clusters.Run([machine], jobs, "fifo").EnergyKwh, 1e-12);
    }

    [Fact]
    public void PowerDown_WorkBeforeTheIdleTimeIsOver_KeepsTheMachineOn()
    {
        var figures = Clusters.Run([new("m", 1, 1, 1, 100, 200)], [Job.Single("a", 0, 10), Job.Single("b", 50, 10), Job.Single("c", 75, 10), Job.Single("d", 200, 10)], "fifo", new ClusterRules { IdleSeconds = 20, BootSeconds = 30 });
        // a boots to 30 and ends at 40; b and c come before 20 s without work are over; off at 105, so d boots again.
        Assert.Equal((40 + 10 + 10 + 40) / 4.0, figures.MeanCompletion, 1e-12);
    }

    [Theory]
    [InlineData("random"), InlineData("round-robin"), InlineData("least-loaded"), InlineData("earliest-finish"), InlineData("fifo"), InlineData("sjf"), InlineData("ljf"), InlineData("edf"), InlineData("srpt")]
    [InlineData("min-min"), InlineData("max-min"), InlineData("suffrage"), InlineData("best-fit"), InlineData("pabfd"), InlineData("tetris"), InlineData("drf"), InlineData("fair"), InlineData("heft"), InlineData("cpop")]
    public void Laws_HoldForEveryRule_OnDrawnProblems(string rule)
    {
        var random = SeedTree.Root(7).Branch(rule).Start();
        for (var i = 0; i < 24; i++)
        {
            var rules = new ClusterRules
            {
                KeepsStage = i % 2 == 1,
                SwitchSeconds = i % 3,
                IdleSeconds = i % 4 == 3 ? 5 : null,
                QueueOrder = i % 5 == 0 ? QueueOrder.Shortest : QueueOrder.Fifo,
            };
            var problem = Clusters.Drawn(ref random, (ArrivalKind)(i % 3));
            var (cluster, log) = (new ClusterSimulation(rules), new ScheduleLog());
            var figures = Scheduling.Run(cluster, problem, SchedulerCatalog.Make(rule, SeedTree.Root(i)), log);
            CheckJobs(problem, cluster, log);
            CheckMachines(problem, log);
            Assert.Equal(figures.EnergyKwh, log.Segments.Sum(segment => segment.Watts * (segment.End - segment.Start)) / 3.6e6, 1e-9);
            Assert.Equal(cluster.Meter.TotalJoules / 3.6e6, figures.EnergyKwh, 1e-9);
            Assert.Equal(figures.MeanCompletion * problem.Jobs.Count, cluster.Meter.JobSeconds, 1e-6);               // Little's law
            Assert.Equal(figures.Slowdown * problem.Jobs.Count, cluster.Meter.Slowdowns, 1e-6);
            Assert.True(figures.Makespan >= LowerBounds.Makespan(problem) - 1e-9);
            Assert.True(figures.MeanCompletion >= LowerBounds.MeanCompletion(problem) - 1e-9);
            Assert.InRange(figures.Fairness, 1.0 / problem.Jobs.Count - 1e-12, 1 + 1e-12);
            Assert.InRange(figures.Utilisation, 0, 1 + 1e-12);
            Assert.Equal(figures, Scheduling.Run(cluster, problem, SchedulerCatalog.Make(rule, SeedTree.Root(i))));    // used again: the same bits
        }
    }

    // Every job leaves exactly once, every task runs exactly once, after its parents, for as long as its work takes; work done is work arrived.
    private static void CheckJobs(ClusterProblem problem, ClusterSimulation cluster, ScheduleLog log)
    {
        Assert.Equal(problem.Jobs.Count, log.Levels.Count / 2);
        Assert.Equal(0, log.Levels[^1].Jobs);
        var runs = log.Tasks.ToLookup(run => run.Stage);
        for (var stage = 0; stage < problem.StageCount; stage++)
        {
            Assert.Equal(problem.Tasks[stage], runs[stage].Count());
            Assert.All(problem.Children[stage], child => Assert.True(runs[child].Min(run => run.Start) >= runs[stage].Max(run => run.End) - 1e-9));
            Assert.All(runs[stage], run => Assert.True(run.End - run.Start >= problem.Work[stage] / problem.Machines[run.Machine].Speed - 1e-9));
            Assert.True(runs[stage].Min(run => run.Start) >= problem.Jobs[problem.JobOf[stage]].Arrival);
        }
        for (var job = 0; job < problem.Jobs.Count; job++)
        {
            Assert.Equal(log.Tasks.Where(run => problem.JobOf[run.Stage] == job).Max(run => run.End), cluster.JobAt(job).Left);
            Assert.Equal(0, cluster.JobAt(job).Executors);
        }
        Assert.Equal(problem.Jobs.Sum(job => job.Shape.TotalWork), log.Tasks.Sum(run => problem.Work[run.Stage] * problem.Cores[run.Stage]), 1e-6);
    }

    private static void CheckMachines(ClusterProblem problem, ScheduleLog log)
    {
        foreach (var run in log.Tasks)
        {
            var beside = log.Tasks.Where(other => other.Machine == run.Machine && other.Start <= run.Start && other.End > run.Start).ToList();
            Assert.True(beside.Sum(other => problem.Cores[other.Stage]) <= problem.Machines[run.Machine].Cores + 1e-9);
            Assert.True(beside.Sum(other => problem.Memory[other.Stage]) <= problem.Machines[run.Machine].Memory + 1e-9);
        }
    }

    [Fact]
    public void Poisson_OneMachineOfExponentialTasks_StaysAsLongAsTheoryHasIt()
    {
        const int Count = 400_000;
        var random = SeedTree.Root(3).Start();
        var times = ArrivalProcess.Times(ArrivalKind.Poisson, Count, 0.5, ref random);
        var jobs = new Job[Count];
        for (var i = 0; i < Count; i++) jobs[i] = Job.Single($"{i}", times[i], -Math.Log(1 - random.NextDouble()));
        Assert.Equal(1 / (1 - 0.5), Clusters.Run(Clusters.Speeds(1), jobs, "fifo").MeanCompletion, 0.02 * 2);
    }

    [Fact]
    public void EqualTimes_KeepTheOrderGiven()
    {
        var log = new ScheduleLog();
        Clusters.Run(Clusters.Speeds(1), [Job.Single("a", 5, 1), Job.Single("b", 0, 1), Job.Single("c", 5, 1), Job.Single("d", 0, 1)], "fifo", log: log);
        Assert.Equal([0, 1, 2, 3], log.Tasks.Select(run => run.Stage));
        var problem = ClusterProblem.Create(Clusters.Speeds(1), [Job.Single("a", 5, 1), Job.Single("b", 0, 1), Job.Single("c", 5, 1), Job.Single("d", 0, 1)]);
        Assert.Equal(["b", "d", "a", "c"], problem.Jobs.Select(job => job.Name));
    }

    [Fact]
    public void Transfer_IsPaidForWhatLiesElsewhere()
    {
        var shape = JobShape.Create([new("a", 2, 1, OutputBytes: 250e6), new("b", 1, 1)], [(0, 1)]);
        // Two machines: half of a's bytes lie elsewhere, one second at 125 MB/s. One machine: nothing to fetch.
        Assert.Equal(1 + 1 + 1, Clusters.Run(Clusters.Speeds(1, 1), [new("j", 0, shape)], "fifo").Makespan, 1e-12);
        Assert.Equal(3, Clusters.Run(Clusters.Speeds(1), [new("j", 0, shape)], "fifo").Makespan, 1e-12);
    }

    [Fact]
    public void Transfer_WhereTheParentRan_IsFree()
    {
        // Both stages fit on the second machine alone, so nothing lies elsewhere.
        var shape = JobShape.Create([new("a", 1, 1, Cores: 4, OutputBytes: 250e6), new("b", 1, 1, Cores: 4)], [(0, 1)]);
        Machine[] machines = [new("small", 1, 1, 1), new("large", 4, 4, 1)];
        Assert.Equal(2, Clusters.Run(machines, [new("j", 0, shape)], "fifo").Makespan, 1e-12);
    }

    [Fact]
    public void KeepsStage_GoesOnWithoutBeingAsked_AndChangingJobsCosts()
    {
        var wide = JobShape.Create([new("a", 3, 2)], []);
        var rules = new ClusterRules { KeepsStage = true, SwitchSeconds = 1 };
        // ljf would change between the jobs after each task; kept, the first job's three tasks run on: 1 + 6, then 1 + 6.
        var kept = Clusters.Run(Clusters.Speeds(1), [new("x", 0, wide), new("y", 0, wide)], "ljf", rules);
        Assert.Equal(14, kept.Makespan, 1e-12);
        Assert.Equal((7 + 14) / 2.0, kept.MeanCompletion, 1e-12);
        Assert.Equal(18, Clusters.Run(Clusters.Speeds(1), [new("x", 0, wide), new("y", 0, wide)], "ljf", rules with { KeepsStage = false }).Makespan, 1e-12);
    }

    [Fact]
    public void Scheduler_ThatAnswersNothing_IsNotAskedForEver()
    {
        var problem = ClusterProblem.Create(Clusters.Speeds(1), Clusters.Batch(1, 2));
        Assert.Equal("The decision at 0 s was neither to place a task nor to wait, and would be asked for ever.", Assert.Throws<InvalidOperationException>(() => Scheduling.Run(new(new()), problem, new Idle())).Message);
    }

    private sealed class Idle : IScheduler
    {
        public void Decide(ClusterSimulation cluster) { }
    }

    [Theory]
    [InlineData(true, 10), InlineData(false, 10)]
    public void QueueHead_BlocksWhatIsBehindIt_WhereTheRulesSaySo(bool blocks, double end)
    {
        var cluster = new ClusterSimulation(new() { HeadBlocks = blocks });
        cluster.Begin(ClusterProblem.Create([new("m", 4, 4, 1)], [Job.Single("a", 0, 5, cores: 3), Job.Single("b", 0, 5, cores: 2), Job.Single("c", 0, 5, cores: 1)]));
        Assert.True(cluster.Advance());
        Assert.Equal(3.0 * 5 / 4, Placed(0), 1e-12);
        Assert.Equal(5.0 * 5 / 4, Placed(1), 1e-12);
        Assert.Equal(5 + (5 + 15.0 / 4), ClusterReward.Foreseen(cluster).Seconds, 1e-12);               // a 5 s; b after all cores' 15 core-seconds
        Assert.Equal(!blocks, cluster.CanStart(2, 0));                                     // a core is free, but b is first
        Placed(2);
        Assert.False(cluster.Advance());
        Assert.Equal(end, cluster.Now);
        Assert.Equal(blocks ? 10 : 5, cluster.JobAt(2).Left);

        double Placed(int stage)
        {
            cluster.Place(stage, 0);
            return cluster.Backlog(0);
        }
    }

    [Fact]
    public void Place_WhatCannotBe_IsRefused_AndWaitingForNothingToo()
    {
        var cluster = new ClusterSimulation(new());
        cluster.Begin(ClusterProblem.Create([new("small", 1, 1, 1), new("large", 2, 2, 1)], [Job.Single("a", 0, 5, cores: 2)]));
        Assert.True(cluster.Advance());
        Assert.Throws<InvalidOperationException>(() => cluster.Place(0, 0));
        cluster.Wait();
        Assert.Contains("every machine stands still and 1 jobs are left", Assert.Throws<RunFailedException>(() => cluster.Advance()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SteadyState_AllocatesNothing()
    {
        var random = SeedTree.Root(3).Start();
        var times = ArrivalProcess.Times(ArrivalKind.Poisson, 2000, 0.4, ref random);
        var problem = ClusterProblem.Create(Clusters.Speeds(1, 1), [.. times.Select((time, i) => Job.Single($"{i}", time, 0.5 + random.NextDouble() * 3))]);
        var (cluster, rule) = (new ClusterSimulation(new()), SchedulerCatalog.Make("least-loaded", SeedTree.Root(0)));
        long Used()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            cluster.Begin(problem);
            while (cluster.Advance()) rule.Decide(cluster);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Used();
        Assert.InRange(Used(), 0, 200);                                                    // Begin's short list of the meter's arrays
    }

    [Theory]
    [InlineData(new double[] { 1, 1, 1, 1 }, 1), InlineData(new double[] { 1, 0, 0, 0 }, 0.25)]
    public void Jain_IsTheIndex(double[] values, double index) => Assert.Equal(index, ScheduleFigures.Jain(values), 1e-12);

    [Fact]
    public void Figures_TailAndMissedDeadlines_AreCounted()
    {
        var jobs = Enumerable.Range(0, 40).Select(i => Job.Single($"{i}", 0, 1, deadline: i < 10 ? 5.5 : double.PositiveInfinity)).ToList();
        var figures = Clusters.Run(Clusters.Speeds(1), jobs, "fifo");
        Assert.Equal(38, figures.TailCompletion);
        Assert.Equal(0.5, figures.MissRate);
    }
}
