using Pilotage.Evaluation;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>What the arms measure, by name.</summary>
internal static class BpoMetrics
{
    public const string Score = "score", Area = "auc", Spread = "ratio_spread_p99", Low = "ratio_p01", High = "ratio_p99", Outside = "outside_band", Drop = "return_drop";

    public const string CurveScore = "curve_score", CurveLow = "curve_ratio_p01", CurveHigh = "curve_ratio_p99";

    public const string Identity = "identity_error", Step = "smallest_step", Band = "updates_outside_band", Move = "largest_move", Slack = "bound_slack", Doubt = "bound_doubt", Gap = "gap_to_linear",
        Early = "regret_10", Final = "regret_final";

    /// <summary>Name of the final return on one task, in its own unit.</summary>
    public static string Return(ControlTask task) => $"return_{task.Slug}";

    /// <summary>Columns of the table. Percentiles are of the ratio after an iteration over the steps that it learned from, means over iterations.</summary>
    /// <param name="tasks">Of the study.</param>
    /// <param name="radius">Of the band that ratios are counted against.</param>
    public static IReadOnlyList<Metric> Table(IReadOnlyList<ControlTask> tasks, double radius) =>
    [
        new(Area, "score over training", true),
        new(Score, "score at the end", true),
        .. tasks.Select(task => new Metric(Return(task), $"return on {task.Name}", true)),
        new(Spread, "|ratio-1| p99", false),
        new(Low, "ratio p01", true),
        new(High, "ratio p99", false),
        new(Outside, FormattableString.Invariant($"|ratio-1| > {radius}"), false),
        new(Drop, "lost by an update", false),
        new(Identity, "error of theorem 4.2", false),
        new(Step, "least step of V", true),
        new(Band, "updates off band", false),
        new(Move, "largest |ratio-1|", false),
        new(Early, "regret after 10 updates", false),
        new(Final, "regret at the end", false),
    ];

    /// <summary>Figures of one process.</summary>
    public static IReadOnlyList<Measurement> Of(ImprovementFigures figures, string instance) =>
    [
        new(Identity, instance, figures.IdentityError),
        new(Step, instance, figures.SmallestStep),
        new(Band, instance, figures.OutsideShare),
        new(Move, instance, figures.LargestMove),
        new(Slack, instance, figures.BoundSlack),
        new(Doubt, instance, figures.Tightness),
        new(Gap, instance, figures.GapToLinear),
        new(Early, instance, figures.EarlyRegret),
        new(Final, instance, figures.FinalRegret),
    ];
}
