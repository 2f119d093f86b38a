using Pilotage.Evaluation;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>What the study measures, by name.</summary>
internal static class StudyMetrics
{
    /// <summary>Of bandits: |H - H0| at the end, H at the end, share of correct actions, H on the way.</summary>
    public const string BanditError = "bandit_entropy_error", BanditEntropy = "bandit_entropy", BanditCorrect = "bandit_correct", BanditCurve = "bandit_curve_entropy";

    /// <summary>Of trainings, in units of the warm start's entropy: mean |H - H0| and mean H over the second half, H over the last tenth, half the range of H.</summary>
    public const string EntropyError = "entropy_error", LateEntropy = "entropy_late", EndEntropy = "entropy_end", Amplitude = "oscillation_amplitude";

    /// <summary>Iterations between two upward crossings of the set point in the second half; variance of the gradient's norm.</summary>
    public const string Period = "oscillation_period", NormVariance = "gradient_norm_variance";

    /// <summary>The thermostat on the way.</summary>
    public const string CurveWeight = "curve_thermostat_weight", CurveTemperature = "curve_thermostat_temperature";

    /// <summary>Columns of the table.</summary>
    public static readonly IReadOnlyList<Metric> Table =
    [
        .. MiniLabMetrics.Table,
        new(EntropyError, "|H-H0|/h, late", HigherIsBetter: false),
        new(LateEntropy, "H/h, late", HigherIsBetter: true),
        new(EndEntropy, "H/h, end", HigherIsBetter: true),
        new(NormVariance, "gradient norm variance", HigherIsBetter: false),
        new(Period, "oscillation, steps", HigherIsBetter: false),
        new(Amplitude, "oscillation/h", HigherIsBetter: false),
        new(BanditError, "bandit |H-H0|", HigherIsBetter: false),
        new(BanditEntropy, "bandit H at end", HigherIsBetter: true),
        new(BanditCorrect, "bandit correct", HigherIsBetter: true),
    ];
}
