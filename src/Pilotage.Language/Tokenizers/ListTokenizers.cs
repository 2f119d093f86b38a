using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pilotage.Language.Tokenizers;

/// <summary>Word and character lists as a <c>tokenizer.json</c> of the kind WordLevel, which other programs read too.</summary>
internal static class ListTokenizers
{
    // Token 0 has no text; in the file it needs one that no list can hold.
    private const string End = "<end of response>";
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads one.</summary>
    /// <exception cref="UserMistakeException">PIL1812 or PIL1813.</exception>
    public static ITokenizer Read(JsonFile json)
    {
        var splitting = json.Find("pre_tokenizer") is { } given ? JsonFile.Find(given, "type")?.ToString() : null;
        var entries = JsonFile.Find(json.Find("model") ?? default, "vocab") is { ValueKind: JsonValueKind.Object } vocabulary ? vocabulary.EnumerateObject().ToArray() : [];
        var texts = new string?[entries.Length];
        foreach (var entry in entries)
            if (entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out var token) && token >= 0 && token < texts.Length) texts[token] = entry.Name;
        if (splitting is not ("WhitespaceSplit" or "Split"))
            throw Mistaken("PIL1812", $"This kind of tokenizer is not supported: WordLevel with the pre-tokenizer {splitting ?? "(none)"}.", "Read here: BPE, and WordLevel as it is written here.");
        if (texts.Length == 0 || texts[0] != End || texts.Contains(null))
            throw Mistaken("PIL1813", $"The tokenizer cannot be used: its {texts.Length} words do not have the tokens from 0 on, \"{End}\" first.", "Save the file again with the program that made it.");
        try
        {
            return splitting == "Split" ? new CharacterTokenizer(string.Concat(texts.Skip(1))) : new WordTokenizer(texts.Skip(1)!);
        }
        catch (ArgumentException exception)
        {
            throw Mistaken("PIL1813", $"The tokenizer cannot be used: {exception.Message}", "Save the file again with the program that made it.");
        }

        UserMistakeException Mistaken(string code, string what, string advice) => new(new Mistake(code, what, json.Path, advice).ToString());
    }

    /// <summary>The bytes of the file.</summary>
    /// <exception cref="ArgumentException">The tokenizer is neither.</exception>
    public static byte[] Write(ITokenizer tokenizer)
    {
        var (texts, isSplitAtSpaces) = tokenizer switch
        {
            WordTokenizer words => (words.Words, true),
            CharacterTokenizer characters => (characters.Characters.Select(character => character.ToString()), false),
            _ => throw new ArgumentException($"A tokenizer of type {tokenizer.GetType().Name} cannot be saved; wanted a list of words or characters, or one that was loaded.", nameof(tokenizer)),
        };
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteStartArray("added_tokens");
            json.WriteStartObject();
            json.WriteNumber("id", 0);
            json.WriteString("content", End);
            foreach (var name in (ReadOnlySpan<string>)["single_word", "lstrip", "rstrip", "normalized"]) json.WriteBoolean(name, false);
            json.WriteBoolean("special", true);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject("pre_tokenizer");
            WriteSplitting(json, isSplitAtSpaces);
            json.WriteEndObject();
            json.WriteStartObject("model");
            json.WriteString("type", "WordLevel");
            json.WriteStartObject("vocab");
            var token = 0;
            foreach (var text in texts.Prepend(End)) json.WriteNumber(text, token++);
            json.WriteEndObject();
            json.WriteString("unk_token", End);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteSplitting(Utf8JsonWriter json, bool isSplitAtSpaces)
    {
        json.WriteString("type", isSplitAtSpaces ? "WhitespaceSplit" : "Split");
        if (isSplitAtSpaces) return;
        json.WriteStartObject("pattern");
        json.WriteString("Regex", "(?s:.)");
        json.WriteEndObject();
        json.WriteString("behavior", "Isolated");
        json.WriteBoolean("invert", false);
    }
}
