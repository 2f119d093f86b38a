using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;
using static Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs.JobWorlds;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs;

public class JobBoundTests
{
    private static JobCase Case(double deadline, params JobTask[] tasks) => new(TaskGraph.Create(tasks), deadline, 0);

    [Fact]
    public void Cost_CheapestStepFirst_IsFilledByHand()
    {
        // Spot 0.09 in step 0, then above the bid; on demand 0.36. One step of four spot machines does 1200 of the 1500 work; 300 remain on demand.
        var model = Model(Plain, 0.09, 0.2, 0.2, 0.2);
        Assert.Equal((1200 * 0.09 + 300 * 0.36) / 3600, JobBound.Cost(Case(600, [.. Enumerable.Range(0, 5).Select(i => Task($"t{i}", 300))]), model), 1e-12);
    }

    [Fact]
    public void Makespan_PathOrWork_WhicheverIsLonger()
    {
        Assert.Equal(900, JobBound.Makespan(Case(600, Task("a", 600), Task("b", 300, "a")), Model()));
        Assert.Equal(2400 / 8.0, JobBound.Makespan(Case(600, [.. Enumerable.Range(0, 24).Select(i => Task($"t{i}", 100))]), Model()));
        Assert.Equal(60 + 900, JobBound.Makespan(Case(600, Task("a", 900)), Model(Plain with { BootSeconds = 60 })));
    }

    [Fact]
    public void Return_DeadlineBelowThePath_CountsTheMissAndTheLateness()
    {
        // At best 900 s for 600 allowed: half an allowed time late, at the spot price of a quarter.
        Assert.Equal(-0.25 - 1 - 0.5, JobBound.Return(Case(600, Task("a", 900)), Model()), 1e-9);
        // Giving up costs a miss and one allowed time: better where work is dear.
        Assert.Equal(-2, JobBound.Return(Case(600, Task("a", 900)), Model(Plain with { LateWeight = 1, BidShare = 0.01 }, 0.36)), 1e-9);
    }

    [Fact]
    public void Return_AttainedByOneMachineOnTheCheapestMarket()
    {
        var model = Model(Plain, 0.09);
        var job = Case(600, Task("a", 600));
        var run = new JobRun(model, 1);
        run.Reset(job);
        run.Step([0, 1]);
        run.Step([0, 0]);
        Assert.Equal(JobBound.Return(job, model), run.Totals.Return, 1e-9);
    }
}
