using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Lab.Reports;

/// <summary>The answer of a report in one sentence: is it better than the rule that decides today?</summary>
/// <param name="Answer">One word for a badge: <c>better</c>, <c>worse</c>, <c>no difference</c> or <c>not evaluated</c>.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Details">Further sentences; may be empty.</param>
public sealed record Headline(string Answer, string Text, string Details)
{
    /// <summary>Reads the answer off a report's comparisons; computes nothing anew.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The answer; where methods differ, that of the best one.</returns>
    public static Headline Of(StudyReport report)
    {
        if (report.Comparisons.Count == 0 || report.Metrics.Count == 0) return new("not evaluated", "There is nothing to compare.", "");
        var metric = report.Metrics[0];
        var reference = report.Comparisons[0].B;
        var kinds = report.Arms.ToDictionary(arm => arm.Name, arm => arm.Kind);
        var methods = report.Comparisons.Where(comparison => kinds.GetValueOrDefault(comparison.A) == ArmKind.Method).ToList();
        if (methods.Count == 0) methods = [.. report.Comparisons];
        var best = metric.HigherIsBetter ? methods.MaxBy(comparison => comparison.Difference)! : methods.MinBy(comparison => comparison.Difference)!;
        var word = ReportTable.Word(report, best);
        var difference = $"{Figures.Of(best.Difference, best.Low, best.High)} {metric.Title}";
        var against = reference == "heuristic" ? "the heuristic" : reference;
        var text = word switch
        {
            "better" => $"Yes: {best.A} is better than {against}, by {difference}.",
            "worse" => $"No: {best.A} is worse than {against}, by {difference}.",
            "no difference" when methods.Count == 1 => $"No difference between {best.A} and {against}: {difference}.",
            "no difference" => $"Nothing beat {against}: the nearest, {best.A}, differs by {difference}.",
            _ => report.Scale == Scale.Smoke ? "Smoke scale: everything ran. It gives no verdict." : $"Too few units for a verdict: {best.A} differs from {against} by {difference}.",
        };
        return new(word, text, string.Join(" ", Sentences(report, methods, best, metric, reference)));
    }

    private static List<ArmReport> Above(StudyReport report, ComparisonReport best, string reference, Metric metric)
    {
        if (report.Arms.FirstOrDefault(arm => arm.Name == best.A)?.Metrics.GetValueOrDefault(metric.Name) is not { } level) return [];
        var sign = metric.HigherIsBetter ? 1 : -1;
        return [.. report.Arms.Where(arm => arm.Kind != ArmKind.Method && arm.Name != reference && arm.Metrics.TryGetValue(metric.Name, out var own) && sign * (own.Mean - level.Mean) > 0)
            .OrderByDescending(arm => sign * arm.Metrics[metric.Name].Mean)];
    }

    /// <summary>The least number of units with which an exact test can tell anything at 5 %.</summary>
    private static int UnitsNeeded => Enumerable.Range(1, 100).First(units => Inference.SmallestP(units, Sides.Two) <= 0.05);

    private static IEnumerable<string> Sentences(StudyReport report, List<ComparisonReport> methods, ComparisonReport best, Metric metric, string reference)
    {
        if (report.Scale != Scale.Smoke && methods.Where(comparison => ReportTable.Word(report, comparison) == Words.Of(Verdict.NotEvaluated)).ToList() is [var first, ..])
            yield return string.Create(CultureInfo.InvariantCulture, $"A verdict needs at least {UnitsNeeded} units, such as training seeds; {first.A} has {first.Units}.");
        if (methods.Count > 1 && report.Scale != Scale.Smoke)
        {
            var counts = methods.GroupBy(comparison => ReportTable.Word(report, comparison)).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}");
            yield return $"Of {methods.Count} methods beside {reference}: {string.Join(", ", counts)}.";
        }
        // The answer names the best method; that another arm than the reference stands above it must not be left to the table.
        if (report.Scale != Scale.Smoke && Above(report, best, reference, metric) is [var top, ..] above)
        {
            var own = top.Metrics[metric.Name];
            yield return $"{(above.Count == 1 ? "One rule or baseline has" : $"{above.Count} rules or baselines have")} a better mean than {best.A}: {(above.Count == 1 ? "" : "best, ")}{top.Name} ({Figures.Of(own.Mean, own.Low, own.High)}).";
        }
        var rules = report.Arms.Where(arm => arm.Kind == ArmKind.Heuristic && arm.Metrics.ContainsKey(metric.Name)).ToList();
        if (rules.Count > 1)
        {
            var strongest = metric.HigherIsBetter ? rules.MaxBy(arm => arm.Metrics[metric.Name].Mean)! : rules.MinBy(arm => arm.Metrics[metric.Name].Mean)!;
            var own = strongest.Metrics[metric.Name];
            yield return $"Of {rules.Count} rules the strongest is {strongest.Name} ({Figures.Of(own.Mean, own.Low, own.High)}).";
        }
        if (report.Claims.Count > 0)
        {
            var verdicts = report.Claims.GroupBy(claim => claim.Verdict).OrderBy(group => group.Key).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {Words.Of(group.Key)}"));
            yield return $"Claims: {string.Join(", ", verdicts)}.";
        }
        if (report.Evaluation is { } evaluation && report.Claims.Count == 0)      // a report with claims has told them already
            yield return string.Create(CultureInfo.InvariantCulture, $"{evaluation.Episodes} evaluation episodes of one trained policy: this says nothing of other training seeds.");
    }
}
