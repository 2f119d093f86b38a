using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Service;

public class AutoscalingFleetTests
{
    private static AutoscalingFleet Fleet(Workload workload, ServiceModel model, int rows = 1, DayOrder order = DayOrder.InTime, bool blind = false) =>
        new(workload, workload.Days, model, new ObservationLayout(model.BootSteps, ShowsBooting: !blind, ShowsRow: true), rows, order, SeedTree.Root(3));

    [Fact]
    public void Observation_AfterALaunch_ShowsBootingMachinesByRemainingStepsAndOnlyPastLoads()
    {
        var model = Worlds.Model(3);
        var fleet = Fleet(Worlds.Of(t => 100 + t), model);
        var actions = new ActionBatch(fleet.Spec.Actions, 1);
        actions.Indices[0] = 4;
        fleet.Step(actions);
        actions.Indices[0] = 3;
        fleet.Step(actions);
        var o = fleet.Frames.Observation(0);
        var view = new FleetView(o, new(3, ShowsRow: true), model);
        Assert.Equal(2f / 20, o[0]);                                     // 100 requests at 70 % need 2 machines
        Assert.Equal([2f / 20, 1f / 20, 0f], o[1..4].ToArray());         // launched two steps ago, one step ago
        Assert.Equal((2, 3, 5, 2), (view.Serving, view.Booting, view.Total, view.Row));
        Assert.Equal(101, view.Load(1), 1e-3);
        Assert.Equal(100, view.Load(5), 1e-3);                           // before the trace begins, its first load
        Assert.Equal(0.505, view.Utilisation, 1e-6);
        Assert.Equal(fleet.Spec.ObservationSize, fleet.Spec.ObservationNames.Count);
    }

    [Fact]
    public void Observation_DelayBlind_LacksBootingMachinesOnly()
    {
        var model = Worlds.Model(10);
        Assert.Equal(Fleet(Worlds.Constant(1), model).Spec.ObservationSize - 10, Fleet(Worlds.Constant(1), model, blind: true).Spec.ObservationSize);
    }

    [Fact]
    public void Mask_AtTheBounds_ForbidsLeavingThem()
    {
        var fleet = Fleet(Worlds.Constant(0), Worlds.Model(3, settings: new() { MinimumVms = 1, MaximumVms = 2 }));
        Assert.Equal([false, false, true, true, false], fleet.Frames.LegalOf(0).ToArray());
    }

    [Fact]
    public void Step_EndOfTheDay_TruncatesWithTheTrueFinalFrameAndBeginsTheNextDay()
    {
        var fleet = Fleet(Worlds.Of(t => t < 1440 ? 100 : 700, days: 2), Worlds.Model(3));
        var actions = new ActionBatch(fleet.Spec.Actions, 1);
        actions.Indices[0] = 2;
        for (var t = 0; t < 1439; t++) Assert.Equal(End.Running, fleet.Step(actions).Ends[0]);
        var last = fleet.Step(actions);
        Assert.Equal(End.Truncated, last.Ends[0]);
        Assert.Equal(2f / 20, last.FinalFrames.Observation(0)[0]);
        Assert.Equal(1440, (int)last.FinalFrames.Observation(0)[^1]);
        fleet.Step(actions);
        Assert.Equal(700, fleet.Last[0].Load);
    }

    [Fact]
    public void Save_MidRun_ContinuesBitForBit()
    {
        var workload = new GeneratedWorkload { Days = 4 }.Create("g", SeedTree.Root(1));
        var model = Worlds.Model(3);
        var (one, two) = (Fleet(workload, model, 3, DayOrder.Drawn), Fleet(workload, model, 3, DayOrder.Drawn));
        var (actions, random, policy) = (new ActionBatch(one.Spec.Actions, 3), new Randomness(5), new Worlds.RandomPolicy());
        for (var t = 0; t < 2000; t++)
        {
            policy.Act(one.Frames, PolicyMemory.None, ref random, actions);
            one.Step(actions);
        }
        var bytes = new ArrayBufferWriter<byte>();
        one.Save(bytes);
        var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
        two.Load(ref reader);
        for (var t = 0; t < 2000; t++)
        {
            Assert.Equal(one.Frames.Observations, two.Frames.Observations);
            policy.Act(one.Frames, PolicyMemory.None, ref random, actions);
            Assert.Equal(one.Step(actions).Rewards, two.Step(actions).Rewards);
        }
    }

    [Fact]
    public void Step_SteadyState_AllocatesNothing()
    {
        var workload = Worlds.Constant(300, days: 2);
        var fleet = Fleet(workload, Worlds.Model(3), rows: 4, DayOrder.Drawn);
        var actions = new ActionBatch(fleet.Spec.Actions, 4);
        actions.Indices.Fill(2);
        Assert.Equal(0, Allocations.Fewest(() => fleet.Step(actions), repetitions: 2000, warmUp: 2000));
    }
}
