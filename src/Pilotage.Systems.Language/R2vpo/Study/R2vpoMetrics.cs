using Pilotage.Evaluation;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>What the arms measure, by name.</summary>
internal static class R2vpoMetrics
{
    public const string VarianceError = "exact_variance_error", Gap = "exact_gap", Optimality = "exact_optimality_error", Gain = "exact_gain", Variance = "exact_variance", Divergence = "exact_kl", Matched = "exact_matched_gain";

    public const string RareClipped = "rare_clip_fraction", RareVariance = "rare_variance", RareCurve = "rare_probability";

    /// <summary>Shares of steps whose moving average of the ratio's variance is within half and twice the bound, and above twice.</summary>
    public const string WithinBound = "within_bound", BeyondBound = "beyond_bound";

    public const string Score = "score", Area = "auc", ControlVariance = "control_ratio_variance", ControlClipped = "control_clip_fraction", Curve = "curve_score";

    /// <summary>Batches until the rare string is more probable than not, at a step size.</summary>
    public static string RareSteps(double rate) => FormattableString.Invariant($"rare_steps_{rate}");

    /// <summary>Name of the final return on one control task, in its own unit.</summary>
    public static string Return(ControlTask task) => $"return_{task.Slug}";

    /// <summary>Columns of the exact part.</summary>
    public static IReadOnlyList<Metric> Exact { get; } =
    [
        new(Gain, "gain of an exact update", true),
        new(Variance, "its E(r-1)^2", false),
        new(Divergence, "its KL", false),
        new(Gap, "lost against the optimum", false),
        new(VarianceError, "|V-delta|/delta", false),
    ];

    /// <summary>Columns of the rare part.</summary>
    public static IReadOnlyList<Metric> Rare(IReadOnlyList<double> rates) =>
    [
        .. rates.Select(rate => new Metric(RareSteps(rate), FormattableString.Invariant($"batches to the rare string, step {rate}"), false)),
        new(RareClipped, "its tokens beyond the clip", false),
    ];

    /// <summary>Columns of the countdown parts.</summary>
    public static IReadOnlyList<Metric> Countdown { get; } =
    [
        .. MiniLab.MiniLabMetrics.Table,
        new(WithinBound, "steps near the bound", true),
        new("multiplier", "multiplier", true),
        new("largest_ratio", "largest ratio", false),
    ];

    /// <summary>Columns of the control part.</summary>
    public static IReadOnlyList<Metric> Control(IReadOnlyList<ControlTask> tasks) =>
    [
        new(Area, "score over training", true),
        new(Score, "score at the end", true),
        .. tasks.Select(task => new Metric(Return(task), $"return on {task.Name}", true)),
        new(ControlVariance, "E(r-1)^2 of minibatches", false),
        new(ControlClipped, "|r-1| beyond the clip", false),
    ];
}
