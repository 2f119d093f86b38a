namespace Pilotage.Language.Generation;

/// <summary>Rules tokens out by what was drawn before: a state machine over tokens that branches with the response.</summary>
/// <remarks>Deterministic, so that a mask of the training forward can be made again: <see cref="GrammarMasks"/>. Not thread-safe.</remarks>
public interface IGrammar
{
    /// <summary>Writes which tokens may come next.</summary>
    /// <param name="legal">[vocabulary]; gets true for at least one token. Where a response may end here, the end token is one.</param>
    void WriteLegal(Span<bool> legal);

    /// <summary>Moves on by a token that was drawn.</summary>
    /// <param name="token">One of the legal ones.</param>
    void Accept(int token);

    /// <summary>Another grammar in the same state, which goes its own way.</summary>
    /// <returns>The copy.</returns>
    IGrammar Fork();
}
