using Pilotage.Evaluation;

namespace Pilotage.Systems.Language.MiniLab;

/// <summary>What every training of the laboratory measures, by the names that all language systems share.</summary>
internal static class MiniLabMetrics
{
    /// <summary>Shares of test problems solved by one of k answers, by problem; and distinct correct solutions among the evaluation's answers.</summary>
    public const string Pass1 = "pass_1", Pass8 = "pass_8", Pass64 = "pass_64", Distinct = "distinct_solutions";

    /// <summary>Of the final policy: entropy of a token in nats, KL of a token to the warm start, tokens of an answer.</summary>
    public const string Entropy = "entropy", KlWarmStart = "kl_warm_start", Length = "response_length";

    /// <summary>Means over all tokens that were learned from.</summary>
    public const string RatioMean = "ratio_mean", RatioVariance = "ratio_variance", ClipFraction = "clip_fraction", KlOld = "approx_kl";

    /// <summary>1 where a training ended because its numbers were no longer finite.</summary>
    public const string StoppedEarly = "stopped_early";

    /// <summary>Mean of the curve's points, the first step's included: the area under it.</summary>
    public const string Area = "pass_1_area";

    /// <summary>Points of curves, by task and step; see <see cref="Instance"/>.</summary>
    public const string CurvePass1 = "curve_pass_1", CurveReward = "curve_reward", CurveEntropy = "curve_entropy";

    /// <summary>Tokens decoded in training.</summary>
    public const string DecodedTokens = "decoded_tokens";

    /// <summary>Columns of every table.</summary>
    public static IReadOnlyList<Metric> Table { get; } =
    [
        new(Pass1, "pass@1", true),
        new(Pass8, "pass@8", true),
        new(Pass64, "pass@64", true),
        new(Distinct, "distinct solutions", true),
        new(Area, "pass@1 over training", true),
        new(Entropy, "entropy, nats", true),
        new(KlWarmStart, "KL to warm start", false),
        new(RatioMean, "ratio", true),
        new(RatioVariance, "ratio variance", false),
        new(ClipFraction, "clipped", false),
        new(Length, "tokens of an answer", false),
        new(DecodedTokens, "tokens decoded", false),
    ];

    /// <summary>Path of a point of a curve.</summary>
    public static string Instance(string task, long step) => FormattableString.Invariant($"{task}/{step:D6}");
}
