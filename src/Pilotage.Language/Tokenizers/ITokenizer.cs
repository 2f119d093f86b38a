namespace Pilotage.Language.Tokenizers;

/// <summary>Text to tokens and back.</summary>
public interface ITokenizer
{
    /// <summary>Tokens that it knows; a model must know at least as many.</summary>
    int VocabularySize { get; }

    /// <summary>The token that ends a response.</summary>
    int EndToken { get; }

    /// <summary>Identifies the vocabulary and its order: stored tokens may only be read with the same one.</summary>
    string Hash { get; }

    /// <summary>Tokens of a text, without begin or end.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The tokens.</returns>
    /// <exception cref="ArgumentException">The vocabulary has no token for a part of the text.</exception>
    int[] Encode(string text);

    /// <summary>Text of tokens; the end token is left out.</summary>
    /// <param name="tokens">In [0, <see cref="VocabularySize"/>).</param>
    /// <returns>The text.</returns>
    string Decode(ReadOnlySpan<int> tokens);
}
