using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Reports;

/// <summary>The figures that every report has: arms with intervals, differences, where the time went.</summary>
internal static class StudyFigures
{
    private const string ArmPrefix = "arm:";
    private static readonly string[] Places = ["environment", "act", "learn"];

    /// <summary>Arms on the first metric with their intervals; <see langword="null"/> if there is nothing to show.</summary>
    public static IntervalPlot? Arms(StudyReport report)
    {
        if (report.Metrics.Count == 0) return null;
        var metric = report.Metrics[0];
        var rows = report.Arms.Where(arm => arm.Metrics.ContainsKey(metric.Name)).Select(arm =>
        {
            var own = arm.Metrics[metric.Name];
            return new IntervalRow(arm.Name, own.Mean, own.Low, own.High, arm.Kind);
        }).ToList();
        var reference = report.Comparisons.Select(comparison => comparison.B).FirstOrDefault();
        return rows.Count == 0 ? null : new("arms", "Every arm with its interval", new(metric.Title), rows)
        {
            Reference = rows.FirstOrDefault(row => row.Label == reference)?.Estimate,
            ReferenceName = reference ?? "",
            Note = $"Mean and 95 % interval. {(metric.HigherIsBetter ? "Further right is better." : "Further left is better.")}",
        };
    }

    /// <summary>Differences to the reference arm; <see langword="null"/> if there is none.</summary>
    public static IntervalPlot? Differences(StudyReport report)
    {
        if (report.Comparisons.Count == 0) return null;
        var kinds = report.Arms.ToDictionary(arm => arm.Name, arm => arm.Kind);
        var reference = report.Comparisons[0].B;
        var isPaired = report.Comparisons.All(comparison => comparison.Paired);
        return new(
            "differences", $"Difference to {reference}", new($"difference in {report.Metrics[0].Title}"),
            [.. report.Comparisons.Select(c => new IntervalRow(c.A, c.Difference, c.Low, c.High, kinds.GetValueOrDefault(c.A, ArmKind.Method)))])
        {
            Reference = 0,
            ReferenceName = reference,
            Note = $"Mean difference and 95 % interval{(isPaired ? ", on the same seeds and instances" : "")}. The verdicts stand in the table: few units give none, however far from the line they are.",
        };
    }

    /// <summary>Where the time went: shares of the three places, and each arm's seconds.</summary>
    public static IEnumerable<Plot> Timing(StudyReport report)
    {
        var sum = Places.Sum(place => report.Timing.GetValueOrDefault(place));
        if (sum > 0)
        {
            yield return new BarPlot("timing", "Where the time went", new("share", "percent"), ["this run"], [.. Places.Select(place => new BarPart(place, [100 * report.Timing.GetValueOrDefault(place) / sum]))]);
        }
        var arms = report.Timing.Where(pair => pair.Key.StartsWith(ArmPrefix, StringComparison.Ordinal)).ToList();
        if (arms.Count > 0)
            yield return new BarPlot("arm-seconds", "Time of each arm", new("time", "seconds"), [.. arms.Select(pair => pair.Key[ArmPrefix.Length..])], [new BarPart("seconds", [.. arms.Select(pair => pair.Value)])]);
    }
}
