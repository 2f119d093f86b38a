using Pilotage.Evaluation;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>What is measured, by name.</summary>
internal static class StudyMetrics
{
    /// <summary>P, mean of the last ten evaluations.</summary>
    public const string Score = "score";

    /// <summary>P of the best evaluation of all: the paper's, which looks at the episodes that it tells of.</summary>
    public const string BestScore = "best_score";

    public const string Quality = "trajectory_quality", Coverage = "coverage", LogCoverage = "log_coverage", Rule = "rule_instead_of_learner";

    public static readonly IReadOnlyList<Metric> Table =
    [
        new(Score, "score", HigherIsBetter: true), new(BestScore, "best evaluation's score", HigherIsBetter: true),
    ];
}
