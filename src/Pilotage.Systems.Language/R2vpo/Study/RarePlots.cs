using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>How fast a rare string is learned, by step size and rule.</summary>
internal static class RarePlots
{
    private static readonly IReadOnlyList<string> Shown = [RareArms.Clip, RareArms.Higher, RareArms.Free, RareArms.Fixed, RareArms.Dual];

    /// <summary>All figures.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="rates">Step sizes.</param>
    public static IReadOnlyList<Plot> All(StudyResults results, IReadOnlyList<double> rates)
    {
        double[] sorted = [.. rates.Order()];
        return
        [
            new LinePlot("rare-steps", "Batches until the rare string is more probable than not", new("step size"), new("batches"), [.. Shown.Select(arm => new LineSeries(arm, sorted, [.. sorted.Select(rate => Median(results, arm, rate))]))])
            { Note = "Medians over searches; a search that never found it counts the limit. A large step is a bound of its own: the first step on a batch has ratio 1, where no rule holds back." },
            .. sorted.Select(rate => new LinePlot(FormattableString.Invariant($"rare-{rate}").Replace('.', '-'), FormattableString.Invariant($"One search at a step size of {rate}"), new("batches"), new("probability of the string"), [.. Shown.Select(arm => Curve(results, arm, rate))])),
        ];
    }

    private static double Median(StudyResults results, string arm, double rate) => Pilotage.Evaluation.Statistics.Sample.Median([.. results.Values(arm, 0, R2vpoMetrics.RareSteps(rate)).Values]);

    private static LineSeries Curve(StudyResults results, string arm, double rate)
    {
        double[] values = [.. results.Values(arm, 0, R2vpoMetrics.RareCurve).Where(value => value.Key.StartsWith(FormattableString.Invariant($"{rate}/"), StringComparison.Ordinal)).Select(value => value.Value)];
        return new(arm, [.. Enumerable.Range(1, values.Length).Select(step => (double)step)], values);
    }
}
