using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>The study's own figures.</summary>
internal static class StudyPlots
{
    private static readonly string[] Learners = [StudyArms.Grpo, StudyArms.GrpoTree, StudyArms.Average, StudyArms.Size, StudyArms.MoreFirst];

    /// <summary>All figures.</summary>
    /// <param name="results">Of the study.</param>
    public static IReadOnlyList<Plot> All(StudyResults results) => [Curves(results), Tokens(results)];

    private static LinePlot Curves(StudyResults results) => new("curve", "Test problems solved by a single answer", new("update"), new("pass@1"), [.. Learners.Select(arm => Line(results, arm))])
    {
        Levels = [("warm start", results.Values(StudyArms.WarmStart, 0, MiniLabMetrics.Pass1).Values.Average())],
        Note = "Means over training seeds, bands from the lowest to the highest.",
    };

    private static BarPlot Tokens(StudyResults results) => new("tokens", "Where an answer's tokens come from", new("tokens an answer"), Learners,
        [new("decoded", [.. Learners.Select(arm => Mean(results, arm, StudyMetrics.TokensPerLeaf))]), new("taken over, prompt included", [.. Learners.Select(arm => Mean(results, arm, StudyMetrics.ReusedPerLeaf))])]);

    private static double Mean(StudyResults results, string arm, string metric) => results.SeedsOf(arm).Average(seed => results.Values(arm, seed, metric).Values.Average());

    private static LineSeries Line(StudyResults results, string arm)
    {
        var points = results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, MiniLabMetrics.CurvePass1))
            .GroupBy(value => int.Parse(value.Key.AsSpan(value.Key.LastIndexOf('/') + 1), CultureInfo.InvariantCulture), value => value.Value).OrderBy(group => group.Key).ToList();
        return new(arm, [.. points.Select(group => (double)group.Key)], [.. points.Select(group => group.Average())]) { Low = [.. points.Select(group => group.Min())], High = [.. points.Select(group => group.Max())] };
    }
}
