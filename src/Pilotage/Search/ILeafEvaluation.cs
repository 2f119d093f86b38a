namespace Pilotage.Search;

/// <summary>Says what a position is worth where a simulation leaves the tree: by playing on, by a rule, by a network.</summary>
/// <typeparam name="TPosition">The game's position.</typeparam>
public interface ILeafEvaluation<TPosition> where TPosition : struct, IPosition<TPosition>
{
    /// <summary>Values a position that is not over.</summary>
    /// <param name="position">May be played on; it is not looked at again.</param>
    /// <param name="legal">What may be played in it.</param>
    /// <param name="priors">To be filled, one per legal action, summing to 1: how likely each is to be good. Read by <see cref="TreeSelection.Puct"/> alone.</param>
    /// <param name="returns">To be filled: what each player is thought to get.</param>
    /// <param name="random">The only randomness to use.</param>
    void Evaluate(ref TPosition position, ReadOnlySpan<int> legal, Span<double> priors, Span<double> returns, ref Randomness random);
}
