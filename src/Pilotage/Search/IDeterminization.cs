namespace Pilotage.Search;

/// <summary>Fills in what a player cannot see: draws the hidden cards.</summary>
/// <typeparam name="TPosition">The game's position.</typeparam>
public interface IDeterminization<TPosition> where TPosition : struct, IPosition<TPosition>
{
    /// <summary>Draws a position that the observer cannot tell from the true one.</summary>
    /// <param name="position">The true position; only what the observer sees of it may be read.</param>
    /// <param name="observer">The player who searches.</param>
    /// <param name="sample">Overwritten.</param>
    /// <param name="random">Draws.</param>
    void Sample(in TPosition position, int observer, ref TPosition sample, ref Randomness random);
}
