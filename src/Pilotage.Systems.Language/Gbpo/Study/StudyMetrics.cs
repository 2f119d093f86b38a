using Pilotage.Evaluation;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Gbpo;

/// <summary>What the study measures beside the laboratory's own figures, by name. Percentiles are over the tokens of all updates of a step, means over steps.</summary>
internal static class StudyMetrics
{
    public const string Spread = "ratio_spread_p99", Low = "ratio_p01", High = "ratio_p99";

    public const string CurveSpread = "curve_ratio_spread_p99", CurveLow = "curve_ratio_p01", CurveHigh = "curve_ratio_p99";

    /// <summary>Columns of the table.</summary>
    public static readonly IReadOnlyList<Metric> Table =
    [
        .. MiniLabMetrics.Table,
        new(Spread, "|ratio-1| p99", HigherIsBetter: false),
        new(Low, "ratio p01", HigherIsBetter: true),
        new(High, "ratio p99", HigherIsBetter: false),
    ];
}
