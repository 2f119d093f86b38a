using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Shield;

public class CapacityShieldTests
{
    private static readonly ObservationLayout Layout = new(3);

    private static bool[] Narrowed(int serving, int booting, double load, params bool[] legal)
    {
        var model = Worlds.Model(3);
        var row = new float[Layout.Size];
        row[Layout.Serving] = serving / 20f;
        row[Layout.Booting] = booting / 20f;
        for (var lag = 0; lag < ObservationLayout.Loads; lag++) row[Layout.Load + lag] = (float)(load / (20 * model.VmRequests));
        new CapacityShield(Layout, model).Narrow(row, legal);
        return legal;
    }

    [Fact]
    public void Narrow_ByTheLoad_KeepsWhatMeetsTheServiceLevel()
    {
        // The default service level is met up to u = 0.8: a load of 400 needs exactly 5 machines of 100, 401 need 6.
        Assert.Equal([false, false, true, true, true], Narrowed(5, 0, 400, true, true, true, true, true));
        Assert.Equal([false, false, false, true, true], Narrowed(5, 0, 401, true, true, true, true, true));
        Assert.Equal([false, true, true, true, true], Narrowed(4, 2, 400, true, true, true, true, true));     // booting machines count
        Assert.Equal([true, true, true, true, true], Narrowed(9, 0, 400, true, true, true, true, true));
    }

    [Fact]
    public void Narrow_NothingReachesTheNeed_LeavesTheLargestLegalChange()
    {
        Assert.Equal([false, false, false, false, true], Narrowed(2, 0, 1200, true, true, true, true, true));
        Assert.Equal([false, false, true, false, false], Narrowed(20, 0, 5000, true, true, true, false, false));
        Assert.Equal([false, true, false, false, false], Narrowed(2, 0, 1200, false, true, false, false, false));
    }

    [Fact]
    public void ShieldedFleet_RandomPlay_NeverLeavesTheCapacityOfTheLastLoad()
    {
        var (workload, model) = (new GeneratedWorkload { Days = 2 }.Create("g", SeedTree.Root(1)), Worlds.Model(3));
        var fleet = new AutoscalingFleet(workload, workload.Days, model, Layout, 2, DayOrder.Drawn, SeedTree.Root(3));
        var shielded = new ShieldedFleet(fleet, new(Layout, model));
        var (actions, random, policy) = (new ActionBatch(fleet.Spec.Actions, 2), new Randomness(5), new Worlds.RandomPolicy());
        var (narrowed, ended) = (0, 0);
        for (var t = 0; t < 3000; t++)
        {
            var before = Enumerable.Range(0, 2).Select(row => new FleetView(shielded.Frames.Observation(row), Layout, model) is var view ? (view.Total, Needed: model.SmallestFleet(view.Load() * (1 - 1e-6))) : default).ToArray();
            for (var i = 0; i < shielded.Frames.Legal.Length; i++)
            {
                Assert.True(fleet.Frames.Legal[i] || !shielded.Frames.Legal[i]);
                if (fleet.Frames.Legal[i] != shielded.Frames.Legal[i]) narrowed++;
            }
            policy.Act(shielded.Frames, PolicyMemory.None, ref random, actions);
            var step = shielded.Step(actions);
            for (var row = 0; row < 2; row++)
                Assert.True(before[row].Total + fleet.Last[row].Change >= Math.Min(before[row].Needed, before[row].Total + 2), "below the capacity of the load although more could be had");
            ended += step.EndedRows.Length;
            for (var i = 0; i < step.EndedRows.Length; i++)
            {
                bool[] again = [true, true, true, true, true];
                new CapacityShield(Layout, model).Narrow(step.FinalFrames.Observation(i), again);
                Assert.True(again.Zip(step.FinalFrames.LegalOf(i).ToArray()).All(pair => pair.First || !pair.Second));
            }
        }
        Assert.True(narrowed > 100 && ended > 0);
    }

    [Fact]
    public void ShieldedPolicy_AnyInner_ChoosesWithinTheShield()
    {
        var model = Worlds.Model(3);
        var workload = Worlds.Constant(800);
        var shield = new CapacityShield(Layout, model);
        var steps = DayRuns.Steps(new ShieldedPolicy(new Worlds.RandomPolicy(), shield), workload, workload.Days, model, Layout, SeedTree.Root(1))[0];
        Assert.All(steps.Skip(3), step => Assert.True(step.Serving >= 10));                  // 800 at u <= 0.8
        Assert.DoesNotContain(steps.Skip(20), step => step.IsViolation);
        Assert.Contains(DayRuns.Steps(new Worlds.RandomPolicy(), workload, workload.Days, model, Layout, SeedTree.Root(1))[0].Skip(20), step => step.IsViolation);
    }

    [Fact]
    public void ShieldedPolicy_RuleThatWantsTooLittle_IsHeldToTheNearestAllowedChange()
    {
        var model = Worlds.Model(3);
        var workload = Worlds.Constant(800);
        var layout = new ObservationLayout(3, ShowsRow: true);
        var steps = DayRuns.Steps(new ShieldedPolicy(new ScalingPolicy(new StaticRule(1), model, layout), new(layout, model)), workload, workload.Days, model, layout, default)[0];
        Assert.All(steps.Skip(1), step => Assert.Equal(10, step.Serving));                   // begins with 12, may not go below 10
    }

    [Fact]
    public void QLearning_Shielded_ViolatesLessWhileItLearns()
    {
        var (workload, model) = (new GeneratedWorkload { Days = 4 }.Create("g", SeedTree.Root(1)), Worlds.Model(3));
        long Violations(bool isShielded)
        {
            var fleet = new AutoscalingFleet(workload, workload.Days, model, Layout, 1, DayOrder.InTime, SeedTree.Root(3));
            IVectorEnvironment environment = isShielded ? new ShieldedFleet(fleet, new(Layout, model)) : fleet;
            var learner = new QLearning(new() { Steps = 6000, IterationSteps = 3000 }, environment, new FleetDiscretizer(model, Layout, 800), SeedTree.Root(4));
            learner.Iterate();
            return fleet.ViolatingSteps;
        }
        Assert.True(2 * Violations(isShielded: true) < Violations(isShielded: false));
    }
}
