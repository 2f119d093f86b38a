using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;
using static Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs.JobWorlds;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs;

public class JobRunTests
{
    private const double Second = 0.0001;                // price of a machine's second on demand

    [Fact]
    public void Step_OneTaskOnDemand_CostsItsSecondsAndEndsExactlyThen()
    {
        var run = Run(Model(), 900, Task("a", 450));
        Assert.Equal(300 * Second, run.Step([1, 0]).Cost, 1e-12);
        Assert.Equal(150, run.Remaining(0), 1e-9);
        Assert.False(run.IsFinished);
        var last = run.Step([0, 0]);
        Assert.Equal(150 * Second, last.Cost, 1e-12);
        Assert.True(run.IsFinished);
        Assert.Equal(450, run.Now, 1e-9);
        Assert.Equal(-1, run.Totals.Return, 1e-9);       // exactly what the work costs on demand, in time
        Assert.Equal(0, run.Machines.Length);
    }

    [Fact]
    public void Step_BootTime_IsPaidAndDelaysTheWork()
    {
        var run = Run(Model(Plain with { BootSeconds = 60 }), 900, Task("a", 300));
        run.Step([1, 0]);
        Assert.Equal(60, run.Remaining(0), 1e-9);
        run.Step([0, 0]);
        Assert.Equal(360, run.Now, 1e-9);
        Assert.Equal((360, 60, 300, 0), (run.Totals.PaidSeconds, run.Totals.BootSeconds, run.Totals.BusySeconds, run.Totals.IdleSeconds));
        Assert.Equal(360 * Second, run.Totals.Cost, 1e-12);
    }

    [Fact]
    public void Step_Chain_RunsInOrderAndHandsOverWithinTheStep()
    {
        var run = Run(Model(), 900, Task("b", 50, "a"), Task("a", 100), Task("c", 50, "b"));
        run.Step([1, 0]);
        Assert.True(run.IsFinished);
        Assert.Equal(200, run.Now, 1e-9);
        Assert.Equal(3, run.Totals.Finished);
    }

    [Fact]
    public void Step_Diamond_WaitsForBothAndTheIdleMachineIsPaidUntilTheStepEnds()
    {
        // a (100) before b (100) and c (250), both before d (50): 100, then b and c side by side to 350, then d to 400.
        var run = Run(Model(), 900, Task("a", 100), Task("b", 100, "a"), Task("c", 250, "a"), Task("d", 50, "b", "c"));
        run.Step([2, 0]);
        Assert.Equal(1, run.WorkingCount);               // b ended at 200; its machine had nothing left at 300 and left
        Assert.Equal(1, run.Machines.Length);
        Assert.Equal(600 * Second, run.Totals.Cost, 1e-12);
        Assert.Equal((400, 200), (run.Totals.BusySeconds, run.Totals.IdleSeconds));
        run.Step([0, 0]);
        Assert.True(run.IsFinished);
        Assert.Equal(400, run.Now, 1e-9);
        Assert.Equal(700 * Second, run.Totals.Cost, 1e-12);
    }

    [Fact]
    public void Step_LongestTailFirst_FastestMachineFirst()
    {
        var model = new JobModel(Plain with { Speeds = [1, 2], PricesPerHour = [0.36, 0.72] }, new([[0.1], [0.1]]));
        var run = Run(model, 9000, Task("short", 100), Task("long", 400), Task("behind", 1000, "long"));
        run.Step([1, 1, 0, 0]);
        Assert.True(run.IsDone(1));                      // on the fast machine, at 200
        Assert.Equal(1000 - 200, run.Remaining(2), 1e-9);
        Assert.True(run.IsDone(0));
    }

    [Fact]
    public void Step_PriceAboveTheBid_TakesTheMachineAndItsWork()
    {
        // Bid 0.18: the machine of step 0 (0.09) is gone when step 1 costs 0.2; in step 2 another may be rented.
        var run = Run(Model(Plain, 0.09, 0.2, 0.1), 9000, Task("a", 450));
        var step = run.Step([0, 1]);
        Assert.Equal(300 * 0.09 / 3600, step.Cost, 1e-12);
        Assert.Equal((1, 1, 1), (step.Lost, run.Totals.MachinesLost, run.Totals.TasksInterrupted));
        Assert.Equal((450.0, 300.0), (run.Remaining(0), run.Totals.WorkLost));
        Assert.False(run.IsLegal(1, 1));
        Assert.True(run.IsLegal(0, 1));
        run.Step([0, 0]);
        Assert.True(run.IsLegal(1, 1));
        run.Step([0, 1]);
        Assert.Equal(150, run.Remaining(0), 1e-9);
        Assert.Equal(300 * 0.09 / 3600 + 300 * 0.1 / 3600, run.Totals.Cost, 1e-12);
    }

    [Fact]
    public void Step_Checkpoints_KeepWholeIntervalsOfWork()
    {
        var run = Run(Model(Plain with { CheckpointSeconds = 120 }, 0.09, 0.2), 9000, Task("a", 450));
        run.Step([0, 1]);
        Assert.Equal((450 - 240, 60), (run.Remaining(0), run.Totals.WorkLost));       // 300 done, 240 kept
    }

    [Fact]
    public void Step_AtTheBid_KeepsTheMachine() => Assert.Equal(0, Run(Model(Plain, 0.09, 0.18), 9000, Task("a", 450)).Step([0, 1]).Lost);

    [Fact]
    public void Reward_Lateness_IsAMissOnceAndThenByTheTime()
    {
        // Work 600 on one machine, allowed 450: late by 150 of 450.
        var run = Run(Model(Plain with { MissWeight = 3, LateWeight = 2 }), 450, Task("a", 600));
        Assert.Equal(-0.5, run.Step([1, 0]).Reward, 1e-9);
        Assert.Equal(-0.5 - 3 - 2 * 150.0 / 450, run.Step([0, 0]).Reward, 1e-9);
        Assert.True(run.HasMissed);
    }

    [Theory, InlineData(600, false), InlineData(599, true)]
    public void Reward_FinishedAtTheDeadline_IsInTime(double deadline, bool misses)
    {
        var run = Run(Model(), deadline, Task("a", 600));
        run.Step([1, 0]);
        run.Step([0, 0]);
        Assert.Equal(misses, run.HasMissed);
    }

    [Fact]
    public void Reward_UnfinishedAtADeadlineOnAStepsBorder_MissesOnce()
    {
        var run = Run(Model(), 300, Task("a", 900));
        Assert.Equal(-1 / 3.0 - 1, run.Step([1, 0]).Reward, 1e-9);
        Assert.Equal(-1 / 3.0 - 1, run.Step([0, 0]).Reward, 1e-9);   // late by a whole allowed time, and no second miss
    }

    [Fact]
    public void IsLegal_Bounds_AreThePoolsAndTheTasksLeft()
    {
        var run = Run(Model(), 9000, Task("a", 450), Task("b", 450), Task("c", 450));
        Assert.True(run.IsLegal(0, 2));
        run.Step([2, 0]);
        Assert.True(run.IsLegal(0, 1));
        Assert.False(run.IsLegal(0, 2));                 // three tasks are left
        Assert.Throws<RunFailedException>(() => run.Step([2, 0]));
    }
}
