using System.Diagnostics;
using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;
using Pilotage.Systems.Operations.CloudAutoscaling;

namespace Pilotage.Bench;

/// <summary>Steps per second of the request service, of a rule on it and of Q-learning on it; days per second of the oracle's bound. One thread.</summary>
public static class AutoscalingBench
{
    private const double Seconds = 1;

    /// <summary>Measures all cases.</summary>
    /// <returns>One row per case.</returns>
    public static IReadOnlyList<BenchRow> Run()
    {
        var trace = StudyTrace.GenerateAll(SeedTree.Root(1), vmRequests: 100)[0];
        var cell = new StudyCell(trace, new(), delay: 3);
        var days = trace.Days.Training;
        return
        [
            Fleet(cell, rows: 1),
            Fleet(cell, rows: 16),
            Measure("target tracking on days abreast", days.Count * 1440, "steps/s", () =>
                DayRuns.MeanReward(cell.Policy(new TargetTrackingRule(0.7, 5)), trace.Workload, days, cell.Model, cell.RuleLayout, default)),
            QLearningRow(cell),
            Measure("oracle bound", 1, "days/s", () => OracleBound.MeanReward(trace.Workload.Loads.AsSpan(days[3].Start, 1440), 4, cell.Model)),
        ];
    }

    private static BenchRow Fleet(StudyCell cell, int rows)
    {
        var fleet = cell.Training(rows, DayOrder.Drawn, isBlind: false, SeedTree.Root(2));
        var actions = new ActionBatch(fleet.Spec.Actions, rows);
        actions.Indices.Fill(AutoscalingFleet.ActionOf(0));
        return Measure($"request service, {rows} row(s)", 1000 * rows, "steps/s", () =>
        {
            for (var t = 0; t < 1000; t++) fleet.Step(actions);
        });
    }

    private static BenchRow QLearningRow(StudyCell cell)
    {
        var layout = cell.LearnerLayout(isBlind: false);
        var learner = new QLearning(
            new TabularConfig { VisitExponent = 0.6, IterationSteps = 1440 }, cell.Training(1, DayOrder.InTime, isBlind: false, default), new FleetDiscretizer(cell.Model, layout, cell.HighLoad), SeedTree.Root(3));
        return Measure("q-learning, 1 row", 1440, "steps/s", learner.Iterate);
    }

    private static BenchRow Measure(string name, double units, string unit, Action run)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds;) run();      // until compiled for good
        var rates = new List<double>();
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds;)
        {
            var one = Stopwatch.GetTimestamp();
            run();
            rates.Add(units / Stopwatch.GetElapsedTime(one).TotalSeconds);
        }
        rates.Sort();
        return new(name, rates[rates.Count / 2], unit);                  // the median: most repetitions of a busy machine run undisturbed
    }
}
