namespace Pilotage.Experience.Datasets;

/// <summary>Where a data set comes from. Written into its file; nothing is computed from it.</summary>
public sealed record DatasetOrigin
{
    /// <summary>Which play it holds.</summary>
    public DatasetKind Kind { get; init; }

    /// <summary>Who acted, in words: "dqn after 100000 steps", "heuristic, epsilon 0.2"; empty where unknown.</summary>
    public string Behaviour { get; init; } = "";

    /// <summary>The seed that it was recorded with; <see langword="null"/> where there was none.</summary>
    public long? Seed { get; init; }

    /// <summary>Anything else worth knowing: licence, file, date of the log.</summary>
    public string Note { get; init; } = "";
}
