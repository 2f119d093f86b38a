namespace Pilotage.Search;

/// <summary>A path to be found step by step: what follows a state, what it costs, and whether it is a goal. Read by <see cref="BestFirst"/> and <see cref="Beam"/>.</summary>
/// <typeparam name="TState">A state with value equality, immutable. Equal states are the same place.</typeparam>
/// <remarks>Not called from several threads.</remarks>
public interface ISearchProblem<TState> where TState : notnull
{
    /// <summary>Whether a state is where the path may end.</summary>
    /// <param name="state">Any reachable state.</param>
    /// <returns><see langword="true"/> for a goal.</returns>
    bool IsGoal(TState state);

    /// <summary>Tells what follows some states: one for best-first search, a whole layer for a beam, so that a network can value them in one batch.</summary>
    /// <param name="states">States that are no goals.</param>
    /// <param name="edges">Arrives empty. Order decides between equals, so it must not depend on anything but the states.</param>
    void Expand(ReadOnlySpan<TState> states, List<SearchEdge<TState>> edges);
}
