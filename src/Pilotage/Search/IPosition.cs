namespace Pilotage.Search;

/// <summary>A position of a game, or the state of a simulator, that a search copies and plays on. Any number of players, one included; chance is drawn inside <see cref="Play"/>.</summary>
/// <typeparam name="TSelf">The struct itself.</typeparam>
public interface IPosition<TSelf> where TSelf : struct, IPosition<TSelf>
{
    /// <summary>Number of players, at least 1.</summary>
    int Players { get; }

    /// <summary>Actions are numbers in [0, this). An action keeps its number in all positions.</summary>
    int ActionLimit { get; }

    /// <summary>Whose turn it is, in [0, <see cref="Players"/>). Not asked when the game is over.</summary>
    int Player { get; }

    /// <summary>Whether nothing can be played any more.</summary>
    bool IsOver { get; }

    /// <summary>Lists what may be played.</summary>
    /// <param name="actions">Room for <see cref="ActionLimit"/> numbers.</param>
    /// <returns>How many were written: at least 1 unless the game is over.</returns>
    int ListLegal(Span<int> actions);

    /// <summary>Plays an action, and the chance moves that follow it.</summary>
    /// <param name="action">A legal one.</param>
    /// <param name="random">The only randomness to use.</param>
    void Play(int action, ref Randomness random);

    /// <summary>What a game that is over pays.</summary>
    /// <param name="returns">To be filled, one per player.</param>
    void Score(Span<double> returns);

    /// <summary>Makes another position equal to this one. A struct without references assigns itself; one with arrays fills those of the other.</summary>
    /// <param name="other">Overwritten; its arrays are <see langword="null"/> the first time.</param>
    void CopyTo(ref TSelf other);
}
