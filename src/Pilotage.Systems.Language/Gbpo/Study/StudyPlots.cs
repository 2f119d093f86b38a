using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Gbpo;

/// <summary>The study's own figures: learning curves, and how far ratios spread.</summary>
/// <param name="radius">Of the band.</param>
internal sealed class StudyPlots(double radius)
{
    private static readonly string[] Shown = [StudyArms.GrpoOnce, StudyArms.GrpoMany, StudyArms.GbpoOnce, StudyArms.GbpoMany];

    /// <summary>All figures.</summary>
    /// <param name="results">Of the study.</param>
    public IReadOnlyList<Plot> All(StudyResults results) => [Curves(results), Ratios(results)];

    private static LinePlot Curves(StudyResults results) => new("curve", "Test problems solved by a single answer", new("step"), new("pass@1"), [.. Shown.Select(arm => Line(results, arm, MiniLabMetrics.CurvePass1))])
    {
        Levels = [("warm start", results.Values(StudyArms.WarmStart, 0, MiniLabMetrics.Pass1).Values.Average())],
        Note = "Means over training seeds, bands from the lowest to the highest.",
    };

    private TimelinePlot Ratios(StudyResults results)
    {
        var arms = new[] { StudyArms.GrpoMany, StudyArms.GbpoMany };
        var steps = Line(results, StudyArms.GbpoMany, StudyMetrics.CurveHigh).X;
        TimelinePanel Panel(string name, string metric, double border) =>
            new(new(name), [.. arms.Select(arm => Line(results, arm, metric)), new("band", steps, [.. steps.Select(_ => border)]) { IsReference = true }]);
        return new("ratios", "How far many passes moved the probabilities of tokens", new("step"), [Panel("99th percentile of ratio", StudyMetrics.CurveHigh, 1 + radius), Panel("1st percentile of ratio", StudyMetrics.CurveLow, 1 - radius)])
        {
            Note = "Over the tokens of all updates of a step, the first of which has ratio 1 exactly; means over training seeds. Dashed: the band.",
        };
    }

    private static LineSeries Line(StudyResults results, string arm, string metric)
    {
        var points = results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric))
            .GroupBy(value => int.Parse(value.Key.AsSpan(value.Key.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture), value => value.Value).OrderBy(group => group.Key).ToList();
        return new(arm, [.. points.Select(group => (double)group.Key)], [.. points.Select(group => group.Average())]) { Low = [.. points.Select(group => group.Min())], High = [.. points.Select(group => group.Max())] };
    }
}
