using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.LpReg.Study;

/// <summary>The study's own figures: what becomes of the rare words while the policies learn.</summary>
internal static class StudyPlots
{
    private static readonly string[] Shown = [StudyArms.Grpo, StudyArms.Entropy, StudyArms.ClipHigher, StudyArms.LpReg, StudyArms.NoFilter];
    private static readonly string[] OnPolicy = [StudyArms.FreshGrpo, StudyArms.FreshLpReg];

    /// <summary>All figures.</summary>
    public static IReadOnlyList<Plot> All(StudyResults results) =>
    [
        Curves(results, "useful-wait", "'wait' where it is useful", new("probability of 'wait' in lost places"), LpRegMetrics.CurveUsefulWait, Shown),
        Curves(results, "noise", "Words without meaning", new("probability of all twelve"), LpRegMetrics.CurveNoise, Shown),
        Curves(results, "entropy", "Entropy of training tokens", new("entropy", "nats"), MiniLabMetrics.CurveEntropy, Shown),
        Curves(results, "pass-1", "Right answers to test problems", new("right answers", "share"), MiniLabMetrics.CurvePass1, Shown),
        Curves(results, "useful-wait-on-policy", "'wait' where it is useful, one update a step", new("probability of 'wait' in lost places"), LpRegMetrics.CurveUsefulWait, OnPolicy),
    ];

    private static LinePlot Curves(StudyResults results, string name, string title, Axis axis, string metric, string[] arms) =>
        new(name, title, new("steps"), axis, [.. arms.Select(arm => Line(results, arm, metric))]) { Note = "Means over training seeds, bands from the lowest to the highest." };

    private static LineSeries Line(StudyResults results, string arm, string metric)
    {
        var points = results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric))
            .GroupBy(value => long.Parse(value.Key.AsSpan(value.Key.LastIndexOf('/') + 1), CultureInfo.InvariantCulture), value => value.Value).OrderBy(group => group.Key).ToArray();
        return new(arm, [.. points.Select(group => (double)group.Key)], [.. points.Select(group => group.Average())])
        {
            Low = [.. points.Select(group => group.Min())],
            High = [.. points.Select(group => group.Max())],
        };
    }
}
