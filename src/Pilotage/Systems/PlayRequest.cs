namespace Pilotage.Systems;

/// <summary>What a person wants to play.</summary>
/// <param name="Settings">The system's settings record.</param>
/// <param name="Opponents">Names, as typed; empty for the system's choice.</param>
/// <param name="Seed">Root of the seed tree.</param>
public sealed record PlayRequest(object Settings, IReadOnlyList<string> Opponents, long Seed)
{
    /// <summary>File that receives every round that is played; <see langword="null"/> keeps none.</summary>
    public string? LogPath { get; init; }
}
