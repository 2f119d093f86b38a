namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>A quarter of the plane of quality and coverage.</summary>
/// <param name="Words">Where it is.</param>
/// <param name="IsGood">Whether quality is at the border or above.</param>
/// <param name="IsWide">Whether coverage is at the border or above.</param>
internal sealed record Quadrant(string Words, bool IsGood, bool IsWide)
{
    /// <summary>Half of the best policy's gain, half of the replay's pairs.</summary>
    public const double Border = 0.5;

    public static readonly IReadOnlyList<Quadrant> All =
    [
        new("good, wide", true, true), new("good, narrow", true, false), new("poor, wide", false, true), new("poor, narrow", false, false),
    ];

    public bool Holds(ScoredDataset row) => row.Quality >= Border == IsGood && row.Coverage >= Border == IsWide;

    /// <summary>Ranks of the algorithms on a data set: 1 is best, equal scores share theirs.</summary>
    public static double[] RanksOf(ScoredDataset row, IReadOnlyList<string> algorithms) => Correlation.Ranks([.. algorithms.Select(name => -row.Scores[name])]);
}
