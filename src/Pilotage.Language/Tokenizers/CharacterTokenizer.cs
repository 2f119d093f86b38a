using System.Security.Cryptography;
using System.Text;

namespace Pilotage.Language.Tokenizers;

/// <summary>One token for each character of a fixed list; token 0 ends a response. Immutable.</summary>
public sealed class CharacterTokenizer : ITokenizer
{
    private readonly string _characters;
    private readonly Dictionary<char, int> _tokens = [];

    /// <summary>Makes the vocabulary.</summary>
    /// <param name="characters">Each once; the first gets token 1.</param>
    /// <exception cref="ArgumentException">A character comes twice.</exception>
    public CharacterTokenizer(string characters)
    {
        _characters = characters;
        for (var i = 0; i < characters.Length; i++)
        {
            if (!_tokens.TryAdd(characters[i], i + 1))
                throw new ArgumentException($"CharacterTokenizer: '{characters[i]}' comes twice in \"{characters}\"; wanted each character once.", nameof(characters));
        }
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("characters\n" + characters)));
    }

    /// <summary>The characters in the order of their tokens, from token 1 on.</summary>
    internal string Characters => _characters;

    /// <inheritdoc/>
    public int VocabularySize => _characters.Length + 1;

    /// <inheritdoc/>
    public int EndToken => 0;

    /// <inheritdoc/>
    public string Hash { get; }

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        var tokens = new int[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (!_tokens.TryGetValue(text[i], out tokens[i]))
                throw new ArgumentException($"CharacterTokenizer: '{text[i]}' at {i} of \"{text}\" is none of the {_characters.Length} characters \"{_characters}\".", nameof(text));
        }
        return tokens;
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        var text = new StringBuilder(tokens.Length);
        foreach (var token in tokens)
        {
            if (token != EndToken) text.Append(_characters[token - 1]);
        }
        return text.ToString();
    }
}
