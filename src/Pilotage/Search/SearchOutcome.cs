namespace Pilotage.Search;

/// <summary>What a search found.</summary>
/// <typeparam name="TState">The problem's state.</typeparam>
/// <param name="Paths">The best first; empty if none was found.</param>
/// <param name="Expansions">States whose successors were asked for.</param>
/// <param name="IsComplete">Whether nothing was left out: no budget was spent and no beam cut. Without a path it proves that there is none.</param>
/// <param name="Bound">With estimates that are lower bounds, no path costs less than this; 0 where nothing can be said, positive infinity if there is none.</param>
public sealed record SearchOutcome<TState>(IReadOnlyList<SearchPath<TState>> Paths, long Expansions, bool IsComplete, double Bound)
{
    /// <summary>The best path; <see langword="null"/> if none was found.</summary>
    public SearchPath<TState>? Best => Paths.Count > 0 ? Paths[0] : null;
}
