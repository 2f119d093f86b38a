using Pilotage.Evaluation;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>What the study measures, by name.</summary>
internal static class StudyMetrics
{
    /// <summary>Of bandits: |H - H0| at the end, H at the end, share of correct actions, H on the way.</summary>
    public const string BanditError = "bandit_entropy_error", BanditEntropy = "bandit_entropy", BanditCorrect = "bandit_correct", BanditCurve = "bandit_curve_entropy";

    /// <summary>Columns of the table.</summary>
    public static readonly IReadOnlyList<Metric> Table =
    [
        new(BanditError, "bandit |H-H0|", HigherIsBetter: false),
        new(BanditEntropy, "bandit H at end", HigherIsBetter: true),
        new(BanditCorrect, "bandit correct", HigherIsBetter: true),
    ];
}
