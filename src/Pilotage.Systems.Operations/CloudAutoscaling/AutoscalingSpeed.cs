using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Minutes of the request service that are simulated in a second: alone, under a rule, under Q-learning; and days of the oracle's bound.</summary>
internal static class AutoscalingSpeed
{
    private const int Calls = 1000;
    private const int Day = 1440;

    /// <summary>The first generated workload at a delay of 3.</summary>
    public static SpeedGroup Group { get; } = new("autoscaling", "minutes of a simulated request service", [
        Service(16) with { IsShort = true },
        Service(1),
        new("target tracking, all days", "steps/s", _ =>
        {
            var (trace, cell) = Make();
            var (days, policy) = (trace.Days.Training, cell.Policy(new TargetTrackingRule(0.7, 5)));
            return () =>
            {
                DayRuns.MeanReward(policy, trace.Workload, days, cell.Model, cell.RuleLayout, default);
                return days.Count * Day;
            };
        }),
        new("Q-learning", "steps/s", _ =>
        {
            var (_, cell) = Make();
            var learner = new QLearning(
                new TabularConfig { VisitExponent = 0.6, IterationSteps = Day }, cell.Training(1, DayOrder.InTime, isBlind: false, default),
                new FleetDiscretizer(cell.Model, cell.LearnerLayout(isBlind: false), cell.HighLoad), SeedTree.Root(3));
            return () =>
            {
                learner.Iterate();
                return Day;
            };
        }),
        new("the oracle's bound", "days/s", _ =>
        {
            var (trace, cell) = Make();
            return () =>
            {
                OracleBound.MeanReward(trace.Workload.Loads.AsSpan(trace.Days.Training[3].Start, Day), 4, cell.Model);
                return 1;
            };
        }),
    ]);

    private static SpeedCase Service(int rows) => new($"request service{(rows == 1 ? "" : $", {rows} rows")}", "steps/s", _ =>
    {
        var (_, cell) = Make();
        var fleet = cell.Training(rows, DayOrder.Drawn, isBlind: false, SeedTree.Root(2));
        var actions = new ActionBatch(fleet.Spec.Actions, rows);
        actions.Indices.Fill(AutoscalingFleet.ActionOf(0));
        return () =>
        {
            for (var t = 0; t < Calls; t++) fleet.Step(actions);
            return Calls * rows;
        };
    });

    private static (StudyTrace Trace, StudyCell Cell) Make()
    {
        var trace = StudyTrace.GenerateAll(SeedTree.Root(1), vmRequests: 100)[0];
        return (trace, new(trace, new(), delay: 3));
    }
}
