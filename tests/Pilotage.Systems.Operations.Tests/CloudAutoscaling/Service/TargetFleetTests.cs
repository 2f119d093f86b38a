using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Service;

public class TargetFleetTests
{
    private static readonly ObservationLayout Layout = new(3);

    private static (AutoscalingFleet Inner, TargetFleet Fleet) Make(double load = 300)
    {
        var (workload, model) = (Worlds.Constant(load, days: 2), Worlds.Model(3));
        var inner = new AutoscalingFleet(workload, workload.Days, model, Layout, 1, DayOrder.InTime, SeedTree.Root(1));
        return (inner, new(inner, new(Layout, model)));
    }

    [Theory, InlineData(5.4f, 0), InlineData(5.5f, 1), InlineData(6.6f, 2), InlineData(19f, 2), InlineData(3.2f, -2), InlineData(4.4f, -1), InlineData(-100f, -2), InlineData(100f, 2)]
    public void Step_Target_BecomesTheChangeTowardsIt(float target, int change)
    {
        var (inner, fleet) = Make();                     // 300 at 70 % begin with 5 machines
        var actions = new ActionBatch(fleet.Spec.Actions, 1);
        actions.Values[0] = target;
        fleet.Step(actions);
        Assert.Equal(change, inner.Last[0].Change);
    }

    [Fact]
    public void Step_BootingMachines_AreNotOrderedAgain()
    {
        var (inner, fleet) = Make();
        var actions = new ActionBatch(fleet.Spec.Actions, 1);
        actions.Values[0] = 7;
        fleet.Step(actions);
        fleet.Step(actions);
        Assert.Equal((0, 5), (inner.Last[0].Change, inner.Last[0].Serving));
    }

    [Fact]
    public void Spec_IsABoxOfTheBoundsWithoutMask()
    {
        var (_, fleet) = Make();
        var box = Assert.IsType<ActionSpace.Box>(fleet.Spec.Actions);
        Assert.Equal((1f, 20f), (box.Low[0], box.High[0]));
        Assert.True(fleet.Frames.Legal.IsEmpty);
    }

    [Fact]
    public void TargetPolicy_OnTheService_ActsAsTheTargetsSay()
    {
        var (workload, model) = (Worlds.Constant(300), Worlds.Model(3));
        var constant = new RulePolicy((ReadOnlySpan<float> _, Span<float> values) => values[0] = 9);
        var steps = DayRuns.Steps(new TargetPolicy(constant, new(Layout, model)), workload, workload.Days, model, Layout, default)[0];
        Assert.Equal(9, steps[^1].Serving);
        Assert.Equal(4, steps.Sum(step => Math.Abs(step.Change)));
    }
}
