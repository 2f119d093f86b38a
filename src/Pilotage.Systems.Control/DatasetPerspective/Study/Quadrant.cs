namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>A quarter of the plane of quality and coverage.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Words">Where it is.</param>
/// <param name="IsGood">Whether quality is at the border or above.</param>
/// <param name="IsWide">Whether coverage is at the border or above.</param>
internal sealed record Quadrant(string Id, string Words, bool IsGood, bool IsWide)
{
    /// <summary>Half of the best policy's gain, half of the replay's pairs.</summary>
    public const double Border = 0.5;

    public static readonly IReadOnlyList<Quadrant> All =
    [
        new("good-wide", "trajectories are good and coverage is wide", true, true), new("good-narrow", "trajectories are good and coverage is narrow", true, false),
        new("poor-wide", "trajectories are poor and coverage is wide", false, true), new("poor-narrow", "trajectories are poor and coverage is narrow", false, false),
    ];

    public bool Holds(ScoredDataset row) => row.Quality >= Border == IsGood && row.Coverage >= Border == IsWide;

    /// <summary>Ranks of the algorithms on a data set: 1 is best, equal scores share theirs.</summary>
    public double[] RanksOf(ScoredDataset row, IReadOnlyList<string> algorithms) => Correlation.Ranks([.. algorithms.Select(name => -row.Scores[name])]);
}
