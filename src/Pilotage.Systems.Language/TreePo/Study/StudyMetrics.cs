using Pilotage.Evaluation;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>What the study measures beside the laboratory's own figures, by name.</summary>
internal static class StudyMetrics
{
    /// <summary>Share of test problems whose most frequent answer among eight is right: after the same number of updates, and after the same number of decoded tokens.</summary>
    public const string Majority = "maj_8", MajorityAtTokens = "maj_8_tokens";

    /// <summary>Decoded in training for one finished answer; taken over from another answer's beginning for one.</summary>
    public const string TokensPerLeaf = "tokens_per_answer", ReusedPerLeaf = "reused_per_answer";

    /// <summary>Mean change of pass@1 between neighbouring points of the curve, without sign.</summary>
    public const string Roughness = "curve_roughness";

    public const string Depth = "leaf_depth", Missing = "missing_leaves", StepsAtTokens = "steps_at_tokens";

    /// <summary>Columns of the table.</summary>
    public static readonly IReadOnlyList<Metric> Table =
    [
        new(Majority, "maj@8", true),
        new(MajorityAtTokens, "maj@8 at equal tokens", true),
        new(MiniLabMetrics.Pass1, "pass@1", true),
        new(TokensPerLeaf, "tokens decoded an answer", false),
        new(ReusedPerLeaf, "tokens reused an answer", true),
        new(MiniLabMetrics.Pass8, "pass@8", true),
        new(MiniLabMetrics.Area, "pass@1 over training", true),
        new(Roughness, "roughness of the curve", false),
        new(Depth, "segments of an answer", true),
        new(Missing, "answers missing", false),
        new(StepsAtTokens, "updates at equal tokens", true),
        new(MiniLabMetrics.Entropy, "entropy, nats", true),
        new(MiniLabMetrics.KlWarmStart, "KL to warm start", false),
        new(MiniLabMetrics.ClipFraction, "clipped", false),
        new(MiniLabMetrics.Length, "tokens of an answer", false),
        new(MiniLabMetrics.DecodedTokens, "tokens decoded", false),
    ];
}
