using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pilotage.Language.Tokenizers;

/// <summary>A <c>tokenizer.json</c> of byte-pair encoding, read.</summary>
/// <param name="Vocabulary">Token by its text.</param>
/// <param name="Merges">Pairs in the order in which they are merged.</param>
/// <param name="Added">Tokens that are found in a text before anything else, by their text.</param>
/// <param name="Special">Those of them that no reader is shown.</param>
/// <param name="Splitting">What comes before the merges.</param>
/// <param name="IsWholeFirst">Whether a piece that is a token itself is that token, whatever its merges give (<c>ignore_merges</c>, Llama 3).</param>
/// <param name="Unknown">The token for what has none; <see langword="null"/> where every byte has one.</param>
/// <remarks>
/// Fields: huggingface.co/docs/tokenizers. Two kinds are read: byte-level (GPT-2, Llama 3, Qwen2) and SentencePiece's with bytes for what has no token (Llama 2). What would change the tokens and is
/// not known is refused. Differs: NFC normalisation leaves texts as they are, since the program carries no tables for it; texts of other forms (rare) get other tokens.
/// </remarks>
internal sealed record TokenizerFile(
    IReadOnlyDictionary<string, int> Vocabulary, IReadOnlyList<(string Left, string Right)> Merges, IReadOnlyDictionary<string, int> Added, IReadOnlySet<int> Special,
    TextSplitting Splitting, bool IsWholeFirst, int? Unknown)
{
    // Radford et al., 2019: the pattern of their code.
    private const string ByteLevelPattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private const string Kinds = "Read here: BPE at byte level (GPT-2, Llama 3, Qwen2) and BPE with byte_fallback (Llama 2).";

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserMistakeException">All that is wrong with it: PIL1802, PIL1812, PIL1813.</exception>
    public static TokenizerFile Read(JsonFile json)
    {
        var model = json.Find("model") ?? default;
        var vocabulary = ReadVocabulary(json, model);
        var merges = ReadMerges(json, model, vocabulary);
        var (added, special) = ReadAdded(json);
        foreach (var name in (ReadOnlySpan<string>)["continuing_subword_prefix", "end_of_word_suffix"])
            if (JsonFile.Find(model, name)?.ToString() is { Length: > 0 } affix) Refuse(json, $"{name} = {affix}");
        var isFallback = JsonFile.Find(model, "byte_fallback")?.ValueKind == JsonValueKind.True;
        var splitting = isFallback ? ReadSpaces(json) : ReadByteLevel(json);
        if (isFallback && Enumerable.Range(0, 256).Any(value => !vocabulary.ContainsKey(ByteToken(value)))) Damaged(json, "byte_fallback wants tokens for all bytes from <0x00> to <0xFF>, and some are missing");
        int? unknown = null;
        if (JsonFile.Find(model, "unk_token")?.ToString() is { } text && vocabulary.TryGetValue(text, out var token)) unknown = token;
        json.ThrowIfAny();
        return new(vocabulary, merges, added, special, splitting, JsonFile.Find(model, "ignore_merges")?.ValueKind == JsonValueKind.True, unknown);
    }

    /// <summary>The token of a byte where a character has none.</summary>
    public static string ByteToken(int value) => $"<0x{value:X2}>";

    private static Dictionary<string, int> ReadVocabulary(JsonFile json, JsonElement model)
    {
        Dictionary<string, int> vocabulary = new(StringComparer.Ordinal);
        if (JsonFile.Find(model, "vocab") is not { ValueKind: JsonValueKind.Object } entries)
        {
            Damaged(json, "model.vocab is missing or no object");
            return vocabulary;
        }
        HashSet<int> taken = [];
        foreach (var entry in entries.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out var token) || token < 0) Damaged(json, $"the token of \"{entry.Name}\" is {entry.Value.GetRawText()}; wanted a whole number of at least 0");
            else if (!taken.Add(token)) Damaged(json, $"two texts have the token {token}, \"{entry.Name}\" one of them");
            else vocabulary.Add(entry.Name, token);
            if (json.Mistakes.Count > 0) break;
        }
        return vocabulary;
    }

    private static List<(string Left, string Right)> ReadMerges(JsonFile json, JsonElement model, Dictionary<string, int> vocabulary)
    {
        List<(string Left, string Right)> merges = [];
        if (json.Mistakes.Count > 0) return merges;
        if (JsonFile.Find(model, "merges") is not { ValueKind: JsonValueKind.Array } entries)
        {
            Damaged(json, "model.merges is missing or no list");
            return merges;
        }
        foreach (var entry in entries.EnumerateArray())
        {
            // Older files write a pair as one text, newer ones as two.
            var parts = entry.ValueKind switch
            {
                JsonValueKind.String => entry.GetString()!.Split(' '),
                JsonValueKind.Array => [.. entry.EnumerateArray().Select(part => part.ToString())],
                _ => [],
            };
            if (parts is not [{ Length: > 0 } left, { Length: > 0 } right]) Damaged(json, $"merge {merges.Count} is {entry.GetRawText()}; wanted two parts");
            else if (new[] { left, right, left + right }.FirstOrDefault(part => !vocabulary.ContainsKey(part)) is { } stranger) Damaged(json, $"merge {merges.Count} of \"{left}\" and \"{right}\" wants the token \"{stranger}\", which the vocabulary has not");
            else merges.Add((left, right));
            if (json.Mistakes.Count > 0) break;
        }
        return merges;
    }

    private static (Dictionary<string, int> Added, HashSet<int> Special) ReadAdded(JsonFile json)
    {
        Dictionary<string, int> added = new(StringComparer.Ordinal);
        HashSet<int> special = [];
        if (json.Find("added_tokens") is not { ValueKind: JsonValueKind.Array } entries) return (added, special);
        foreach (var entry in entries.EnumerateArray())
        {
            var text = JsonFile.Find(entry, "content")?.ToString();
            if (string.IsNullOrEmpty(text) || JsonFile.Find(entry, "id") is not { ValueKind: JsonValueKind.Number } id || !id.TryGetInt32(out var token) || token < 0 || !added.TryAdd(text, token))
            {
                Damaged(json, $"the added token {entry.GetRawText()} cannot be used; wanted a content of its own and an id of at least 0");
                continue;
            }
            if (IsTrue(entry, "special")) special.Add(token);
            foreach (var name in (ReadOnlySpan<string>)["single_word", "lstrip", "rstrip"])
                if (IsTrue(entry, name)) Refuse(json, $"{name} = true of the added token {text}");
        }
        return (added, special);
    }

    private static TextSplitting ReadByteLevel(JsonFile json)
    {
        List<Regex> patterns = [];
        var (isByteLevel, prefix) = (false, SpacePrefix.Never);
        if (json.Find("normalizer") is { } normalizer && TypeOf(normalizer) != "NFC") Refuse(json, $"the normalizer {TypeOf(normalizer)} of a vocabulary without byte_fallback");
        foreach (var part in Parts(json.Find("pre_tokenizer"), "pretokenizers"))
        {
            switch (TypeOf(part))
            {
                case "Split" when JsonFile.Find(part, "behavior")?.ToString() == "Isolated" && !IsTrue(part, "invert") && JsonFile.Find(JsonFile.Find(part, "pattern") ?? default, "Regex")?.ToString() is { } pattern:
                    AddPattern(json, patterns, pattern);
                    break;
                case "ByteLevel":
                    isByteLevel = true;
                    if (IsTrue(part, "add_prefix_space")) prefix = SpacePrefix.Always;
                    if (JsonFile.Find(part, "use_regex")?.ValueKind != JsonValueKind.False) AddPattern(json, patterns, ByteLevelPattern);
                    break;
                default:
                    Refuse(json, $"the pre-tokenizer {TypeOf(part)}{(TypeOf(part) == "Split" ? $" of behavior {JsonFile.Find(part, "behavior")}" : "")}");
                    break;
            }
        }
        if (!isByteLevel && json.Mistakes.Count == 0) Refuse(json, "a vocabulary without byte_fallback and without the pre-tokenizer ByteLevel");
        return new(patterns, Space: null, prefix);
    }

    private static TextSplitting ReadSpaces(JsonFile json)
    {
        string? space = null;
        var prefix = SpacePrefix.Never;
        foreach (var part in Parts(json.Find("normalizer"), "normalizers"))
        {
            if (TypeOf(part) == "Prepend") prefix = SpacePrefix.Always;
            else if (TypeOf(part) == "Replace" && JsonFile.Find(JsonFile.Find(part, "pattern") ?? default, "String")?.ToString() == " ") space = JsonFile.Find(part, "content")?.ToString();
            else if (TypeOf(part) != "NFC") Refuse(json, $"the normalizer {TypeOf(part)}");
        }
        foreach (var part in Parts(json.Find("pre_tokenizer"), "pretokenizers"))
        {
            if (TypeOf(part) != "Metaspace" || JsonFile.Find(part, "split")?.ValueKind != JsonValueKind.False)
            {
                Refuse(json, $"the pre-tokenizer {TypeOf(part)}{(TypeOf(part) == "Split" ? $" of behavior {JsonFile.Find(part, "behavior")}" : "")}");
                continue;
            }
            space = JsonFile.Find(part, "replacement")?.ToString();
            prefix = JsonFile.Find(part, "prepend_scheme")?.ToString() switch { "first" => SpacePrefix.First, "never" => SpacePrefix.Never, _ => SpacePrefix.Always };
        }
        if (space is null && json.Mistakes.Count == 0) Refuse(json, "byte_fallback without a character for spaces");
        return new([], space, prefix);
    }

    private static void AddPattern(JsonFile json, List<Regex> patterns, string pattern)
    {
        try
        {
            patterns.Add(new(pattern, RegexOptions.CultureInvariant));
        }
        catch (ArgumentException exception)
        {
            Refuse(json, $"the pattern {pattern} ({exception.Message})");
        }
    }

    private static JsonElement[] Parts(JsonElement? element, string list) => element is not { } given ? []
        : JsonFile.Find(given, list) is { ValueKind: JsonValueKind.Array } parts ? [.. parts.EnumerateArray()] : [given];

    private static string TypeOf(JsonElement element) => JsonFile.Find(element, "type")?.ToString() ?? "(none)";

    private static bool IsTrue(JsonElement element, string name) => JsonFile.Find(element, name)?.ValueKind == JsonValueKind.True;

    private static void Refuse(JsonFile json, string what) => json.Mistakes.Add(new("PIL1812", $"This kind of tokenizer is not supported: {what}.", "", Kinds));

    private static void Damaged(JsonFile json, string what) => json.Mistakes.Add(new("PIL1813", $"The tokenizer cannot be used: {what}.", "", "Fetch the file again, or save it again with the program that made it."));
}
