using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The study's own figures: what each policy costs and violates, a day under two policies, and jobs' costs and missed deadlines.</summary>
/// <param name="cells">Traces by boot delays.</param>
/// <param name="arms">The study's arms on services.</param>
internal sealed class StudyPlots(IReadOnlyList<StudyCell> cells, IReadOnlyList<Arm> arms)
{
    /// <summary>All figures.</summary>
    public IReadOnlyList<Plot> All(StudyResults results) =>
        [.. StudyCells.Middle(cells).Select(cell => Tradeoff(results, cell)), .. Timeline(results, StudyCells.Middle(cells)[0]), Jobs(results)];

    private ScatterPlot Tradeoff(StudyResults results, StudyCell cell)
    {
        double? Mean(string arm, string metric)
        {
            var values = results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric)).Where(v => v.Key.StartsWith(cell.Path + "/", StringComparison.Ordinal)).Select(v => v.Value).ToList();
            return values.Count == 0 ? null : values.Average();
        }
        var points = new List<ScatterPoint>();
        foreach (var arm in arms)
            if (Mean(arm.Name, "cost") is { } cost && Mean(arm.Name, "violation_share") is { } violations) points.Add(new(arm.Name, cost, violations, arm.Kind));
        return new($"cost-violations-{cell.Trace.Name}", $"What each policy costs and violates on {cell.Path}", new("cost", "a day"), new("violating minutes", "share"), points)
        {
            Front = Frontier.Of(points.Select(point => (point.X, point.Y))),
            Note = "Means over test days and training seeds. On the line are the policies that no other beats in both.",
        };
    }

    private IEnumerable<Plot> Timeline(StudyResults results, StudyCell cell)
    {
        var best = StudyArms.Learners.Where(arm => results.SeedsOf(arm).Count > 0)
            .Select(arm => (Arm: arm, Rewards: results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, StudyMetrics.ValidationReturn)).Where(v => v.Key == cell.Path).Select(v => v.Value).ToList()))
            .Where(v => v.Rewards.Count > 0).MaxBy(v => v.Rewards.Average()).Arm;
        var (day, hours) = (cell.Trace.Days.Test[0], StudyTimeline.Hours(cell));
        if (best is null || StudyTimeline.Read(results, best, StudyTimeline.Serving).Count != hours.Count) yield break;
        LineSeries Line(string arm, string metric, bool isReference) => new(arm, hours, StudyTimeline.Read(results, arm, metric)) { IsStepped = true, IsReference = isReference };
        yield return new TimelinePlot(
            "timeline", $"A test day, {cell.DayPath(day)}: {best} and {StudyArms.Reference}", new("time", "hours"),
            [
                new(new("machines"), [new("load", hours, StudyTimeline.Load(cell, day)), Line(best, StudyTimeline.Serving, false), Line(StudyArms.Reference, StudyTimeline.Serving, true)]),
                new(new("violating minutes", "share"), [Line(best, StudyTimeline.Violating, false), Line(StudyArms.Reference, StudyTimeline.Violating, true)]),
            ])
        {
            Note = "Pieces of ten minutes. The load is in machines that it would fill. The learner is the one that validation days chose, of the first training seed.",
        };
    }

    private static ScatterPlot Jobs(StudyResults results)
    {
        double Mean(string arm, string metric) => results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric).Values).Average();
        var points = JobArms.Names.Select(arm => new ScatterPoint(arm, Mean(arm, JobMetrics.Cost), Mean(arm, JobMetrics.Missed), JobArms.Learners.Contains(arm) ? ArmKind.Method : ArmKind.Heuristic)).ToList();
        return new("jobs-cost-missed", "What each way of renting costs and misses", new("cost", "costs on demand without idle time"), new("missed deadlines", "share"), points)
        {
            Front = Frontier.Of(points.Select(point => (point.X, point.Y))),
            Note = "Means over test jobs and training seeds. On the line are the ways that no other beats in both.",
        };
    }
}
