namespace Pilotage.Dashboard.Board.Live;

/// <summary>What changed since the last message.</summary>
/// <param name="Revision">Of the list of runs. A page of another revision is out of date.</param>
/// <param name="Runs">Runs whose line in the list changed, came or went.</param>
/// <param name="Metrics">Runs that wrote to their folder: curves, trials, log.</param>
public sealed record LiveChange(long Revision, IReadOnlyList<string> Runs, IReadOnlyList<string> Metrics);
