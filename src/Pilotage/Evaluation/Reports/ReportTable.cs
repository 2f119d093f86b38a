using System.Globalization;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Evaluation.Reports;

/// <summary>A report's tables as texts: the same cells on the console, in HTML and in READMEs.</summary>
public static class ReportTable
{
    private const double Level = 0.05;                                  // of the comparisons' intervals

    /// <summary>One row per arm: the first metric with its 95 % interval, the difference to the reference arm, and the word for it.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The table.</returns>
    public static TextTable Arms(StudyReport report)
    {
        var reference = report.Comparisons.Select(c => c.B).FirstOrDefault();
        List<string> columns = ["arm", .. report.Metrics.Take(1).Select(m => m.Title)];
        if (reference is not null) columns.AddRange([$"difference to {reference}", "verdict"]);
        return new(columns, [.. report.Arms.Select(arm => Row(report, arm, reference))]);
    }

    /// <summary>One row per arm: means of the metrics behind the first, a few to a table so that each fits a terminal of eighty columns.</summary>
    /// <param name="report">The report.</param>
    /// <param name="metricsPerTable">Columns beside the arm's name, at least 1.</param>
    /// <returns>The tables; none where there is one metric.</returns>
    public static IReadOnlyList<TextTable> OtherMetrics(StudyReport report, int metricsPerTable = 4) =>
    [.. report.Metrics.Skip(1).Chunk(metricsPerTable).Select(metrics => new TextTable(
        ["arm", .. metrics.Select(m => m.Title)],
        [.. report.Arms.Where(arm => metrics.Any(m => arm.Metrics.ContainsKey(m.Name))).Select(arm => (IReadOnlyList<string>)
            [arm.Name, .. metrics.Select(m => arm.Metrics.TryGetValue(m.Name, out var value) ? Figures.Of(value.Mean) : "–")])]))];

    /// <summary>One row per claim: statement, effect with interval, where it holds, p, units, verdict.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The table.</returns>
    public static TextTable Claims(StudyReport report) => new(
        ["claim", "statement", "effect", "holds", "p", "units", "verdict"],
        [.. report.Claims.Select(c => (IReadOnlyList<string>)
        [
            c.Id, c.Text, Figures.Of(c.Evidence.Estimate, c.Evidence.Low, c.Evidence.High), c.Evidence.Region, Figures.P(c.Evidence.P),
            c.Evidence.Units.ToString(CultureInfo.InvariantCulture), c.Evidence.Note.Length == 0 ? Words.Of(c.Verdict) : $"{Words.Of(c.Verdict)}: {c.Evidence.Note}",
        ])]);

    /// <summary>The word for a comparison.</summary>
    /// <param name="report">Knows scale and which direction is good.</param>
    /// <param name="comparison">One of its comparisons.</param>
    /// <returns><c>better</c>, <c>worse</c>, <c>no difference</c>; <c>not evaluated</c> at smoke scale or with too few units to tell.</returns>
    public static string Word(StudyReport report, ComparisonReport comparison)
    {
        if (report.Scale == Scale.Smoke || Inference.SmallestP(comparison.Units, Sides.Two) > Level) return Words.Of(Verdict.NotEvaluated);
        var sign = comparison.P > Level ? 0 : comparison.Low > 0 ? 1 : comparison.High < 0 ? -1 : 0;
        if (report.Metrics.FirstOrDefault(m => m.Name == comparison.Metric) is { HigherIsBetter: false }) sign = -sign;
        return sign switch { > 0 => "better", < 0 => "worse", _ => "no difference" };
    }

    private static List<string> Row(StudyReport report, ArmReport arm, string? reference)
    {
        List<string> row = [arm.Name];
        foreach (var metric in report.Metrics.Take(1))
        {
            row.Add(arm.Metrics.TryGetValue(metric.Name, out var value) ? Figures.Of(value.Mean, value.Low, value.High) : "–");
        }
        if (reference is null) return row;
        var comparison = report.Comparisons.FirstOrDefault(c => c.A == arm.Name);
        row.AddRange(comparison is not null ? [Figures.Of(comparison.Difference, comparison.Low, comparison.High), Word(report, comparison)]
            : [arm.Name == reference ? "reference" : "–", "–"]);
        return row;
    }
}
