using System.Globalization;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Evaluation.Statistics;
using Pilotage.Lab.Sweeps.Search;
using Pilotage.Lab.Sweeps.Tuners;

namespace Pilotage.Lab.Sweeps.Reports;

/// <summary>The figures of a sweep: how far the search came, what each setting does, how rounds of halving went.</summary>
internal static class SweepPlots
{
    private const int MostLines = 12;

    /// <summary>All figures that the findings give.</summary>
    /// <param name="plan">Ranges and target.</param>
    /// <param name="findings">In the order of the proposals.</param>
    /// <param name="rule">The rule's score of each tuning seed.</param>
    public static IReadOnlyList<Plot> Of(SweepPlan plan, IReadOnlyList<Finding> findings, IReadOnlyList<double> rule)
    {
        var worked = findings.Where(finding => !finding.IsFailed).ToList();
        var plots = new List<Plot> { Progress(plan, findings, rule) };
        plots.AddRange(plan.Space.Ranges.Select(range => Response(plan, range, worked)));
        if (Together(plan, worked) is { } together) plots.Add(together);
        if (findings.Any(finding => finding.Proposal.Rung > 0)) plots.Add(Rounds(plan, worked));
        return plots;
    }

    private static Axis Score(SweepPlan plan) => new($"{plan.Target.Metric.Title} on tuning seeds");

    private static double Mean(Finding finding) => finding.Seeds.Average();

    private static LinePlot Progress(SweepPlan plan, IReadOnlyList<Finding> findings, IReadOnlyList<double> rule)
    {
        var (cost, best, x, y, all) = (0.0, double.NegativeInfinity, new List<double>(), new List<double>(), new List<double>());
        var sign = plan.Target.Metric.HigherIsBetter ? 1 : -1;
        foreach (var finding in findings)
        {
            cost += finding.Proposal.Share;
            best = Math.Max(best, finding.Score);
            x.Add(cost);
            y.Add(double.IsFinite(best) ? sign * best : double.NaN);
            all.Add(finding.IsFailed ? double.NaN : Mean(finding));
        }
        return new("best-so-far", "The best candidate so far", new("whole trainings per seed"), Score(plan), [new("best so far", x, y) { IsStepped = true }, new("each candidate", x, all) { IsReference = true }])
        {
            Levels = rule.Count > 0 && rule.All(double.IsFinite) ? [(plan.Target.RuleName, Sample.Mean([.. rule]))] : [],
            Note = "On the tuning seeds, where the best of many flatters itself: the verdict above is on others. The first candidate is the default.",
        };
    }

    private static ColourPlot Response(SweepPlan plan, SettingRange range, List<Finding> worked)
    {
        var index = plan.Space.Ranges.ToList().IndexOf(range);
        var isNamed = range.Kind == RangeKind.List && !range.IsOrdered;
        var points = worked.Select((finding, order) => new ColourPoint($"{finding.Proposal.Arm}: {plan.Space.Name(finding.Proposal.Candidate.Values)}", PlaceOf(range, finding.Proposal.Candidate.Values[index]), Mean(finding), order + 1)).ToList();
        return new("response-" + FileName(range.Key), $"{range.Key} and the score", new(range.Kind == RangeKind.Log ? $"log10 {range.Key}" : isNamed ? $"place in {string.Join(", ", range.Values)}" : range.Key), Score(plan), new("order of the trials"), [new("candidates", points)])
        {
            Note = "One point a candidate, mean over the tuning seeds; the other settings differ too.",
        };
    }

    private static double PlaceOf(SettingRange range, string value)
    {
        if (range.Kind == RangeKind.List && !range.IsOrdered) return range.Values.ToList().IndexOf(value) is >= 0 and var place ? place + 1 : double.NaN;
        var number = double.Parse(value, CultureInfo.InvariantCulture);
        return range.Kind == RangeKind.Log ? Math.Log10(number) : number;
    }

    // A grid of two settings is a table already.
    private static HeatmapPlot? Together(SweepPlan plan, List<Finding> worked)
    {
        if (plan.Space.Ranges is not [var down, var across] || plan.Tuner is not GridTuner) return null;
        var scores = worked.ToDictionary(finding => plan.Space.Name(finding.Proposal.Candidate.Values), Mean);
        return new(
            "together", $"{down.Key} and {across.Key} together", new(across.Key), new(down.Key), across.Grid, down.Grid,
            [.. down.Grid.SelectMany(row => across.Grid.Select(column => scores.GetValueOrDefault(plan.Space.Name([row, column]), double.NaN)))], Score(plan));
    }

    private static LinePlot Rounds(SweepPlan plan, List<Finding> worked)
    {
        var last = worked.GroupBy(finding => finding.Proposal.Candidate.Index).OrderByDescending(group => group.Max(one => one.Proposal.Rung)).ThenByDescending(group => group.OrderBy(one => one.Proposal.Rung).Last().Score).Take(MostLines);
        return new("rounds", "Candidates from round to round", new("share of the whole budget"), Score(plan),
            [.. last.Select(group => new LineSeries(group.First().Proposal.Candidate.Name, [.. group.Select(one => one.Proposal.Share)], [.. group.Select(Mean)]))])
        {
            Note = $"The {MostLines} that came farthest. Each round trains anew on the same seeds.",
        };
    }

    private static string FileName(string key) => string.Concat(key.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'));
}
