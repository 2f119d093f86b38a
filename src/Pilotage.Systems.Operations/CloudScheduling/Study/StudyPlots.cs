using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>The study's own figures: every arm's main figure in each setting, and time against energy in A and D.</summary>
internal static class StudyPlots
{
    /// <summary>All figures of the parts that were run.</summary>
    public static IReadOnlyList<Plot> All(StudyResults results, IReadOnlyList<Arm> arms)
    {
        List<Plot?> plots =
        [
            Bars("assignment", "A: how long tasks stay at the highest load", new("mean completion time", "s"), AssignmentPart.Jct),
            Trade("assignment-energy", "A: time against energy", AssignmentPart.Jct, new("mean completion time", "s"), AssignmentPart.Energy, new("energy", "kWh")),
            Bars("packing", "B: slowdown of packed jobs", new("mean slowdown"), PackingPart.Slowdown),
            Bars("dags", "C: how long jobs of a batch stay", new("mean completion time", "s"), DagPart.Jct),
            Trade("consolidation", "D: violation against energy on an unseen day", ConsolidationPart.Energy, new("energy", "kWh"), ConsolidationPart.Violation, new("SLAV", "millionths")),
        ];
        return [.. plots.OfType<Plot>()];

        BarPlot? Bars(string name, string title, Axis axis, string metric)
        {
            var rows = arms.Select(arm => (arm.Name, Value: Mean(results, arm.Name, metric))).Where(row => row.Value is not null).OrderBy(row => row.Value).ToList();
            return rows.Count == 0 ? null : new(name, title, axis, [.. rows.Select(row => row.Name)], [new(axis.Name, [.. rows.Select(row => row.Value!.Value)])]) { Note = "Means over training seeds and their test sequences; short is good." };
        }

        ScatterPlot? Trade(string name, string title, string metricX, Axis x, string metricY, Axis y)
        {
            var points = arms.Where(arm => Mean(results, arm.Name, metricX) is not null).Select(arm => new ScatterPoint(arm.Name, Mean(results, arm.Name, metricX)!.Value, Mean(results, arm.Name, metricY)!.Value, arm.Kind)).ToList();
            return points.Count == 0 ? null : new(name, title, x, y, points) { Note = "Means over training seeds; low and left is good." };
        }
    }

    private static double? Mean(StudyResults results, string arm, string metric)
    {
        var values = results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric).Values).ToList();
        return values.Count == 0 ? null : values.Average();
    }
}
