using Pilotage.Evaluation;
using Pilotage.Language.Groups;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Rec;

/// <summary>What the arms measure beside the laboratory's figures.</summary>
internal static class RecMetrics
{
    /// <summary>Greatest distance of a probability from the exact limit, and the probabilities.</summary>
    public const string BanditError = "bandit_error", BanditProbability = "bandit_probability";

    /// <summary>Shares of tokens by ratio, learned from and left out; over training.</summary>
    public const string RatiosKept = "ratio_share_kept", RatiosLeft = "ratio_share_left";

    /// <summary>Columns of the table.</summary>
    public static IReadOnlyList<Metric> Table { get; } =
    [
        .. MiniLabMetrics.Table,
        new(MiniLabMetrics.KlOld, "KL to drawing policy", false),
        new(MiniLabMetrics.StoppedEarly, "not finite", false),
        new(BanditError, "distance from limit", false),
    ];

    /// <summary>A training's own figures.</summary>
    public static IEnumerable<Measurement> Of(MiniLabTrial trial, ILanguageLearner learner)
    {
        var ratios = ((Rec)learner).Ratios;
        foreach (var (metric, shares) in new[] { (RatiosKept, ratios.Shares(kept: true)), (RatiosLeft, ratios.Shares(kept: false)) })
            for (var bin = 0; bin < shares.Count; bin++)
                yield return new(metric, FormattableString.Invariant($"{trial.Task.Name}/{bin:D2}"), shares[bin]);
    }
}
