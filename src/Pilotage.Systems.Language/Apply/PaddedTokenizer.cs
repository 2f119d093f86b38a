using Pilotage.Language.Tokenizers;

namespace Pilotage.Systems.Language.Apply;

/// <summary>A tokenizer beside a model that has rows for more tokens than it knows, as models are padded to round numbers: such a token, if it is ever drawn, has no text.</summary>
/// <param name="known">What gives texts their tokens.</param>
/// <param name="vocabularySize">The model's.</param>
internal sealed class PaddedTokenizer(ITokenizer known, int vocabularySize) : ITokenizer
{
    /// <inheritdoc/>
    public int VocabularySize => vocabularySize;

    /// <inheritdoc/>
    public int EndToken => known.EndToken;

    /// <inheritdoc/>
    public string Hash => known.Hash;

    /// <summary>What is saved beside the model.</summary>
    public ITokenizer Known => known;

    /// <inheritdoc/>
    public int[] Encode(string text) => known.Encode(text);

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        var count = 0;
        var kept = new int[tokens.Length];
        foreach (var token in tokens)
            if (token < known.VocabularySize) kept[count++] = token;
        return known.Decode(kept.AsSpan(0, count));
    }
}
