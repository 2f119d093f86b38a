using Pilotage.Evaluation;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.LpReg.Study;

/// <summary>What the study measures besides what all language systems do.</summary>
internal static class LpRegMetrics
{
    /// <summary>Probability of "wait" at lost places and at open ones, of words without meaning at both, by problem.</summary>
    public const string UsefulWait = "useful_wait", IdleWait = "idle_wait", Noise = "noise_rate";

    /// <summary>Mean share of tokens that were protected.</summary>
    public const string ProtectedShare = "protected_share";

    /// <summary>Points of curves, by task and step.</summary>
    public const string CurveUsefulWait = "curve_useful_wait", CurveNoise = "curve_noise";

    /// <summary>Columns of the table.</summary>
    public static IReadOnlyList<Metric> Table { get; } =
    [
        .. MiniLabMetrics.Table.Take(1),
        new(UsefulWait, "'wait' where useful", true),
        new(Noise, "words without meaning", false),
        .. MiniLabMetrics.Table.Skip(1),
        new(IdleWait, "'wait' where idle", false),
        new(ProtectedShare, "tokens protected", true),
    ];
}
