namespace Pilotage.Systems;

/// <summary>A system with a game that a person can play on a terminal.</summary>
public interface IPlayable
{
    /// <summary>Plays until the person stops or the input ends. Works with a script in the place of a person.</summary>
    /// <param name="request">Settings, opponents, seed.</param>
    /// <param name="input">One answer a line.</param>
    /// <param name="output">Flushed before each answer is read.</param>
    /// <param name="cancellation">Looked at before each answer.</param>
    /// <exception cref="UserMistakeException">Settings or opponents cannot be used; holds all problems.</exception>
    void Play(PlayRequest request, TextReader input, TextWriter output, CancellationToken cancellation);
}
