namespace Pilotage.Systems.Language.Rover;

/// <summary>A finite problem of choices whose reward comes at the end: a puzzle, a game for one, a grammar. Each choice leads to one state for certain.</summary>
/// <typeparam name="TState">A state; states that are met on several ways may be equal or not.</typeparam>
public interface ITreeEnvironment<TState>
{
    /// <summary>Where it begins.</summary>
    TState Root { get; }

    /// <summary>How many choices there are.</summary>
    /// <param name="state">Any state that was reached.</param>
    /// <returns>0 at an end.</returns>
    int Choices(TState state);

    /// <summary>Where a choice leads.</summary>
    /// <param name="state">A state with choices.</param>
    /// <param name="choice">In [0, <see cref="Choices"/>).</param>
    /// <returns>The next state. No state is met again below itself.</returns>
    TState Next(TState state, int choice);

    /// <summary>What an end pays: 1 (or another R) for success and 0 for failure, or theorem 3.1 does not apply.</summary>
    /// <param name="state">A state without choices.</param>
    /// <returns>At least 0, finite.</returns>
    double Reward(TState state);
}
