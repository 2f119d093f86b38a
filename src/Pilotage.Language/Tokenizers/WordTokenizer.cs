using System.Security.Cryptography;
using System.Text;

namespace Pilotage.Language.Tokenizers;

/// <summary>A fixed list of words with spaces between them; token 0 ends a response.</summary>
/// <remarks>Runs of white space count as one space, so <see cref="Decode"/> gives back what <see cref="Encode"/> read but for those. Immutable.</remarks>
public sealed class WordTokenizer : ITokenizer
{
    private readonly string[] _words;
    private readonly Dictionary<string, int> _tokens = new(StringComparer.Ordinal);

    /// <summary>Makes the vocabulary.</summary>
    /// <param name="words">Each once, none empty or with white space inside; the first gets token 1.</param>
    /// <exception cref="ArgumentException">A word is empty, holds white space or comes twice.</exception>
    public WordTokenizer(IEnumerable<string> words)
    {
        _words = ["", .. words];
        for (var i = 1; i < _words.Length; i++)
        {
            if (_words[i].Length == 0 || _words[i].Any(char.IsWhiteSpace) || !_tokens.TryAdd(_words[i], i))
                throw new ArgumentException($"WordTokenizer: word {i}, \"{_words[i]}\", does not fit; wanted words without white space, each once.", nameof(words));
        }
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("words\n" + string.Join('\n', _words))));
    }

    /// <summary>The words in the order of their tokens, from token 1 on.</summary>
    internal IEnumerable<string> Words => _words.Skip(1);

    /// <inheritdoc/>
    public int VocabularySize => _words.Length;

    /// <inheritdoc/>
    public int EndToken => 0;

    /// <inheritdoc/>
    public string Hash { get; }

    /// <inheritdoc/>
    public int[] Encode(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => _tokens.TryGetValue(word, out var token) ? token : throw Unknown(word, text))];

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        var text = new StringBuilder();
        foreach (var token in tokens)
        {
            if (token == EndToken) continue;
            if (text.Length > 0) text.Append(' ');
            text.Append(_words[token]);
        }
        return text.ToString();
    }

    private ArgumentException Unknown(string word, string text) =>
        new($"WordTokenizer: \"{word}\" in \"{text}\" is none of the {_words.Length - 1} words ({string.Join(' ', _words.Skip(1).Take(12))} ...).", nameof(text));
}
