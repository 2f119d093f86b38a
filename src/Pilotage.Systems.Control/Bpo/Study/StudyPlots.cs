using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>The study's own figures: learning curves, and the ratio's percentiles over training against the band.</summary>
/// <param name="tasks">Environments.</param>
/// <param name="radius">Of the band.</param>
internal sealed class StudyPlots(IReadOnlyList<ControlTask> tasks, double radius)
{
    private static readonly IReadOnlyList<string> Shown = [StudyArms.Ppo, StudyArms.PpoWide, StudyArms.Bpo, StudyArms.Mean, StudyArms.Unweighted, StudyArms.Hot];

    /// <summary>All figures.</summary>
    public IReadOnlyList<Plot> All(StudyResults results) => [.. tasks.SelectMany(task => new Plot[] { Curves(results, task), Ratios(results, task) })];

    private static LinePlot Curves(StudyResults results, ControlTask task) => new(
        $"curve-{task.Slug}", $"Learning on {task.Name}", new("environment steps"), new("score"), [.. Shown.Select(arm => Line(results, task, arm, BpoMetrics.CurveScore, arm))])
    {
        Levels = [("heuristic", 1), ("random", 0)],
        Note = "Greedy policy on 16 episodes after each update; means over training seeds, bands from the lowest to the highest.",
    };

    private TimelinePlot Ratios(StudyResults results, ControlTask task)
    {
        var arms = new[] { StudyArms.PpoWide, StudyArms.Bpo };
        var steps = Line(results, task, StudyArms.Bpo, BpoMetrics.CurveHigh, StudyArms.Bpo).X;
        LineSeries Border(double value) => new("band", steps, [.. steps.Select(_ => value)]) { IsReference = true };
        TimelinePanel Panel(string name, string metric, double border) => new(new(name), [.. arms.Select(arm => Line(results, task, arm, metric, arm)), Border(border)]);
        return new($"ratios-{task.Slug}", $"How far each update moved the probabilities on {task.Name}", new("environment steps"),
            [Panel("99th percentile of ratio", BpoMetrics.CurveHigh, 1 + radius), Panel("1st percentile of ratio", BpoMetrics.CurveLow, 1 - radius)])
        {
            Note = "Ratio of the policy after an update to the one before, over the steps that the update learned from; means over training seeds. Dashed: the band.",
        };
    }

    private static LineSeries Line(StudyResults results, ControlTask task, string arm, string metric, string name)
    {
        var points = results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric)).Where(v => v.Key.StartsWith(task.Name + "/", StringComparison.Ordinal))
            .GroupBy(v => long.Parse(v.Key.AsSpan(task.Name.Length + 1), System.Globalization.CultureInfo.InvariantCulture), v => v.Value).OrderBy(group => group.Key).ToList();
        return new(name, [.. points.Select(group => (double)group.Key)], [.. points.Select(group => group.Average())])
        {
            Low = [.. points.Select(group => group.Min())],
            High = [.. points.Select(group => group.Max())],
        };
    }
}
