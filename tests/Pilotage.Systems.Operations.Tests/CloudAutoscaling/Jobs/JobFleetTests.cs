using Pilotage.Environments;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;
using static Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs.JobWorlds;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs;

public class JobFleetTests
{
    private static JobCase Case(double deadline, params JobTask[] tasks) => new(TaskGraph.Create(tasks), deadline, 0);

    private static JobFleet Fleet(JobCase job, bool isJoint = false, CaseOrder order = CaseOrder.Drawn, JobModel? model = null) =>
        new(model ?? Model(Plain, 0.09, 0.2, 0.1), [job], rows: 1, order, SeedTree.Root(1), isJoint);

    [Fact]
    public void Step_JobDone_TerminatesWithItsLastFrameAndBeginsAnother()
    {
        var fleet = Fleet(Case(600, Task("a", 300)));
        var actions = new ActionBatch(fleet.Spec.Actions, 1);
        actions.Indices[0] = 1;
        var step = fleet.Step(actions);
        Assert.Equal(End.Terminated, step.Ends[0]);
        Assert.Equal(0, step.FinalFrames.Observation(0)[1]);              // no work left
        Assert.Equal(1, fleet.Frames.Observation(0)[1]);                  // a new job
        Assert.Equal((1, 0), fleet.Jobs);
    }

    [Fact]
    public void Step_TooLong_TruncatesAtTwiceTheAllowedTime()
    {
        var fleet = Fleet(Case(600, Task("a", 300)));
        var actions = new ActionBatch(fleet.Spec.Actions, 1);
        for (var t = 0; t < 3; t++) Assert.Equal(End.Running, fleet.Step(actions).Ends[0]);
        Assert.Equal(End.Truncated, fleet.Step(actions).Ends[0]);
        Assert.Equal((1, 1), fleet.Jobs);
        Assert.Equal(4, fleet.Spec.TimeLimit);
    }

    [Fact]
    public void Masks_SpotAboveTheBid_AreClosedInBothActionSpaces()
    {
        var job = Case(6000, Task("a", 3000), Task("b", 3000), Task("c", 3000));
        var (separate, joint) = (Fleet(job), Fleet(job, isJoint: true));
        Assert.Equal([true, true, true, true, true, true], separate.Frames.LegalOf(0).ToArray());
        Assert.DoesNotContain(false, joint.Frames.LegalOf(0).ToArray());
        separate.Step(new(separate.Spec.Actions, 1));                     // step 1 costs 0.2, the bid is 0.18
        joint.Step(new(joint.Spec.Actions, 1));
        Assert.Equal([true, true, true, true, false, false], separate.Frames.LegalOf(0).ToArray());
        Assert.Equal([true, true, true, false, false, false, false, false, false], joint.Frames.LegalOf(0).ToArray());
    }

    [Fact]
    public void Joint_Action_IsTheSameAsItsParts()
    {
        var job = Case(6000, Task("a", 3000), Task("b", 3000), Task("c", 3000));
        var (separate, joint) = (Fleet(job), Fleet(job, isJoint: true));
        var (parts, one) = (new ActionBatch(separate.Spec.Actions, 1), new ActionBatch(joint.Spec.Actions, 1));
        parts.Indices[0] = 2;
        parts.Indices[1] = 1;
        one.Indices[0] = 2 + 3 * 1;
        Assert.Equal(separate.Step(parts).Rewards[0], joint.Step(one).Rewards[0]);
        Assert.Equal((2, 0), (joint.Run(0).MachinesIn(0), joint.Run(0).MachinesIn(1)));     // the spot one was lost at 0.2
        Assert.Equal(1, joint.Last[0].Lost);
    }

    [Fact]
    public void Observation_Names_AreAsManyAsNumbersAndFollowTheRun()
    {
        var fleet = Fleet(Case(6000, Task("a", 3000), Task("b", 1500, "a")), model: Model(Plain, 0.09, 0.12));
        var actions = new ActionBatch(fleet.Spec.Actions, 1);
        actions.Indices[1] = 1;
        fleet.Step(actions);
        var names = fleet.Spec.ObservationNames.ToList();
        Assert.Equal(fleet.Spec.ObservationSize, names.Count);
        float See(string name) => fleet.Frames.Observation(0)[names.IndexOf(name)];
        Assert.Equal(5700f / 6000, See("time_left"));
        Assert.Equal(4200f / 4500, See("work_left"));
        Assert.Equal(4200f / 5700, See("pressure_of_path"));
        Assert.Equal(1500f / 6000, See("slack"));
        Assert.Equal(1f / 4, See("spot_0"));
        Assert.Equal(0.12f / 0.36f, See("price_0"), 1e-6f);
        Assert.Equal(0.03f / 0.36f, See("price_change_0"), 1e-6f);
        Assert.Equal((1f, 0f, 0.25f), (See("offered_0"), See("ready"), See("working")));
    }

    [Fact]
    public void Evaluation_EachRow_RunsItsCaseOnce()
    {
        var model = Model();
        var cases = new[] { Case(600, Task("a", 300)), Case(600, Task("a", 100), Task("b", 400, "a")) };
        var figures = JobRuns.Figures(fleet => new JobRulePolicy(new OnDemandRule(0), fleet), model, cases, default);
        Assert.Equal([300.0 / 600, 500.0 / 600], figures.Select(f => f.MakespanShare));
        Assert.All(figures, f => Assert.Equal((1.0, false, true), (Math.Round(f.CostShare, 9), f.HasMissed, f.IsFinished)));
    }

    [Fact]
    public void Step_SteadyState_AllocatesNothing()
    {
        var model = new JobModel(new(), SpotMarket.Draw(new(), 500, SeedTree.Root(1)));
        var fleet = new JobFleet(model, JobGenerator.Draw(model, 20, SeedTree.Root(2)), 4, CaseOrder.Drawn, SeedTree.Root(3));
        var actions = new ActionBatch(fleet.Spec.Actions, 4);
        for (var row = 0; row < 4; row++) actions.Indices[row * 4] = 0;
        for (var t = 0; t < 1000; t++) fleet.Step(actions);
        var least = long.MaxValue;
        for (var window = 0; window < 3; window++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var t = 0; t < 1000; t++) fleet.Step(actions);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }
}
