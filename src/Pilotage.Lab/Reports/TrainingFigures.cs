using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Lab.Runs;

namespace Pilotage.Lab.Reports;

/// <summary>The figures of a training, from its metrics.</summary>
internal static class TrainingFigures
{
    private const string Step = "environment steps";

    // How far the run is, not how it learns.
    private static readonly string[] NotShown = [LearningCurve.Metric, "episodes"];

    /// <summary>Return over steps beside the rule's.</summary>
    public static LinePlot? Curve(MetricSeries metrics, string algorithm, string rewardUnit, double heuristic)
    {
        if (!metrics.Values.TryGetValue(LearningCurve.Metric, out var points)) return null;
        return new(
            "learning-curve", "Return while learning", new(Step), new("return", $"{rewardUnit} per episode"),
            [new(algorithm, [.. points.Select(point => (double)point.Step)], [.. points.Select(point => point.Value)])])
        {
            Levels = double.IsFinite(heuristic) ? [("heuristic", heuristic)] : [],
            Note = "Mean of the last 100 finished episodes, exploration included. One training seed: other seeds give other curves.",
        };
    }

    /// <summary>One small figure for each other metric.</summary>
    public static IEnumerable<LinePlot> Others(MetricSeries metrics) =>
        from metric in metrics.Values
        where !NotShown.Contains(metric.Key) && metric.Value.Count > 1
        select new LinePlot(
            "metric-" + FileName(metric.Key), metric.Key, new(Step), new(metric.Key),
            [new(metric.Key, [.. metric.Value.Select(point => (double)point.Step)], [.. metric.Value.Select(point => point.Value)])]);

    private static string FileName(string metric) => string.Concat(metric.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'));
}
