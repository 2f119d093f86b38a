using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace Pilotage.Language.Tokenizers;

/// <summary>Byte-pair encoding as a Hugging Face <c>tokenizer.json</c> describes it: at byte level (GPT-2, Llama 3, Qwen2), or SentencePiece's with bytes for what has no token (Llama 2).</summary>
/// <remarks>
/// Special tokens are recognised in texts, so that a prompt's frame can be written out: <c>&lt;|im_start|&gt;user</c>. Chat templates are not read. Sennrich et al., arXiv:1508.07909; merges by Microsoft.ML.Tokenizers.
/// Not thread-safe: the merges keep what they have seen.
/// </remarks>
public sealed class HuggingFaceTokenizer : ITokenizer
{
    private readonly TokenizerFile _file;
    private readonly BpeTokenizer _merges;
    private readonly string?[] _texts;
    private readonly string[] _added;

    internal HuggingFaceTokenizer(TokenizerFile file, IReadOnlyDictionary<string, byte[]> files, int endToken, int? beginToken)
    {
        (_file, Files, EndToken, BeginToken) = (file, files, endToken, beginToken);
        // The longest first: of two that begin at one place the longer is meant.
        _added = [.. file.Added.Keys.OrderByDescending(text => text.Length).ThenBy(text => text, StringComparer.Ordinal)];
        VocabularySize = 1 + file.Vocabulary.Values.Concat(file.Added.Values).Max();
        _texts = new string?[VocabularySize];
        foreach (var (text, token) in file.Vocabulary) _texts[token] = text;
        foreach (var (text, token) in file.Added) _texts[token] = text;
        _merges = BpeTokenizer.Create(new BpeOptions(file.Vocabulary) { Merges = file.Merges.Select(pair => $"{pair.Left} {pair.Right}"), ByteLevel = file.Splitting.Space is null });
        Hash = HashOf(file, _texts);
    }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public int EndToken { get; }

    /// <summary>The token that begins a text for models that want one; <see langword="null"/> for none.</summary>
    public int? BeginToken { get; }

    /// <summary>The text of <see cref="BeginToken"/>: in front of a prompt it is read as that token. Empty for none.</summary>
    public string BeginText => BeginToken is { } token ? _texts[token] ?? "" : "";

    /// <inheritdoc/>
    public string Hash { get; }

    /// <summary>The files that it was read from, by name: what is saved beside a model again.</summary>
    internal IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>Reads a folder's tokenizer.</summary>
    /// <param name="folder">With <c>tokenizer.json</c>; the end token is that of <c>tokenizer_config.json</c>, or else of <c>config.json</c>.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="UserMistakeException">A file is not there (PIL1801) or no JSON (PIL1802), the kind is not supported (PIL1812), the file is damaged (PIL1813), or nothing says which token ends a text (PIL1814).</exception>
    public static HuggingFaceTokenizer Load(string folder) => TokenizerFolder.ReadMerged(folder);

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        List<int> tokens = [];
        var begin = 0;
        while (begin < text.Length)
        {
            var (place, special) = NextAdded(text, begin);
            foreach (var piece in _file.Splitting.Pieces(text[begin..place], isFirst: begin == 0)) AddPiece(tokens, piece);
            if (special is not null) tokens.Add(_file.Added[special]);
            begin = place + (special?.Length ?? 0);
        }
        return [.. tokens];
    }

    /// <inheritdoc/>
    /// <remarks>Special tokens are left out. Bytes that are no text, as at a response's cut end, are shown as the replacement character.</remarks>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        var bytes = new List<byte>(tokens.Length * 4);
        foreach (var token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(token, nameof(tokens));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, VocabularySize, nameof(tokens));
            // A vocabulary may have holes, and a model more rows than its vocabulary.
            if (token != EndToken && !_file.Special.Contains(token) && _texts[token] is { } text) bytes.AddRange(BytesOf(text));
        }
        var result = Encoding.UTF8.GetString([.. bytes]);
        return _file.Splitting.Space is not null && _file.Splitting.Prefix != SpacePrefix.Never && result.StartsWith(' ') ? result[1..] : result;
    }

    private (int Place, string? Added) NextAdded(string text, int begin)
    {
        var (place, found) = (text.Length, (string?)null);
        foreach (var added in _added)
        {
            var here = text.IndexOf(added, begin, place - begin, StringComparison.Ordinal);
            // Within the part that is left a tie goes to the longer, which came first.
            if (here >= 0 && here < place) (place, found) = (here, added);
        }
        return (place, found);
    }

    private void AddPiece(List<int> tokens, string piece)
    {
        if (_file.Splitting.Space is null)
        {
            if (_file.IsWholeFirst && _file.Vocabulary.TryGetValue(ByteAlphabet.Write(piece), out var whole)) tokens.Add(whole);
            else tokens.AddRange(_merges.EncodeToIds(piece, considerPreTokenization: false, considerNormalization: false));
            return;
        }

        // Characters without a token stand as their bytes, and no merge crosses them.
        var known = new StringBuilder();
        foreach (var rune in piece.EnumerateRunes())
        {
            var character = rune.ToString();
            if (_file.Vocabulary.ContainsKey(character))
            {
                known.Append(character);
                continue;
            }
            Flush();
            foreach (var value in Encoding.UTF8.GetBytes(character)) tokens.Add(_file.Vocabulary[TokenizerFile.ByteToken(value)]);
        }
        Flush();

        void Flush()
        {
            if (known.Length > 0) tokens.AddRange(_merges.EncodeToIds(known.ToString(), considerPreTokenization: false, considerNormalization: false));
            known.Clear();
        }
    }

    private byte[] BytesOf(string token)
    {
        if (_file.Added.ContainsKey(token)) return Encoding.UTF8.GetBytes(token);
        if (_file.Splitting.Space is not { } space) return ByteAlphabet.Read(token) ?? Encoding.UTF8.GetBytes(token);
        return token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && byte.TryParse(token.AsSpan(3, 2), System.Globalization.NumberStyles.HexNumber, null, out var value)
            ? [value] : Encoding.UTF8.GetBytes(token.Replace(space, " ", StringComparison.Ordinal));
    }

    private static string HashOf(TokenizerFile file, IEnumerable<string?> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts) Append(text ?? "\0");
        foreach (var (left, right) in file.Merges) Append($"{left} {right}");
        foreach (var pattern in file.Splitting.Patterns) Append(pattern.ToString());
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
