using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pilotage.Language.Tests.Tokenizers;

/// <summary>Small <c>tokenizer.json</c> files of the two kinds that are read.</summary>
internal static class TokenizerFiles
{
    /// <summary>Qwen2's pattern.</summary>
    public const string Pattern = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>Bytes as tokens 0 to 255 in the order of their values, seven merges from 256 on, an end token and one more special token behind them.</summary>
    public static JsonObject Bytes()
    {
        var vocabulary = new JsonObject();
        for (var value = 0; value < 256; value++) vocabulary[Character(value).ToString()] = value;
        string[][] merges = [["h", "e"], ["l", "l"], ["he", "ll"], ["hell", "o"], ["\u0120", "w"], ["\u0120w", "o"], ["\u00C3", "\u00A9"]];
        var token = 256;
        foreach (var merge in merges) vocabulary[string.Concat(merge)] = token++;
        vocabulary["abc"] = token++;
        return new()
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(Added("<|end|>", token++), Added("<|user|>", token++), Added("<think>", token, isSpecial: false)),
            ["normalizer"] = new JsonObject { ["type"] = "NFC" },
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(
                    new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = Pattern }, ["behavior"] = "Isolated", ["invert"] = false },
                    new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = false, ["use_regex"] = false }),
            },
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE", ["dropout"] = null, ["unk_token"] = null, ["continuing_subword_prefix"] = "", ["end_of_word_suffix"] = "", ["fuse_unk"] = false, ["byte_fallback"] = false,
                ["vocab"] = vocabulary, ["merges"] = new JsonArray([.. merges.Select(merge => JsonValue.Create(string.Join(' ', merge)))]),
            },
        };
    }

    /// <summary>Llama 2's kind: special tokens 0 to 2, bytes from 3 on, then characters and merges.</summary>
    public static JsonObject Spaces()
    {
        var vocabulary = new JsonObject { ["<unk>"] = 0, ["<s>"] = 1, ["</s>"] = 2 };
        for (var value = 0; value < 256; value++) vocabulary[$"<0x{value:X2}>"] = value + 3;
        var token = 259;
        string[] texts = ["\u2581", "a", "b", "c", "\u2581a", "bc", "\u2581\u2581"];
        foreach (var text in texts) vocabulary[text] = token++;
        return new()
        {
            ["added_tokens"] = new JsonArray(Added("<unk>", 0), Added("<s>", 1), Added("</s>", 2)),
            ["normalizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["normalizers"] = new JsonArray(new JsonObject { ["type"] = "Prepend", ["prepend"] = "\u2581" }, new JsonObject { ["type"] = "Replace", ["pattern"] = new JsonObject { ["String"] = " " }, ["content"] = "\u2581" }),
            },
            ["pre_tokenizer"] = null,
            ["post_processor"] = new JsonObject
            {
                ["type"] = "TemplateProcessing",
                ["single"] = new JsonArray(new JsonObject { ["SpecialToken"] = new JsonObject { ["id"] = "<s>", ["type_id"] = 0 } }, new JsonObject { ["Sequence"] = new JsonObject { ["id"] = "A", ["type_id"] = 0 } }),
            },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE", ["unk_token"] = "<unk>", ["fuse_unk"] = true, ["byte_fallback"] = true, ["vocab"] = vocabulary,
                ["merges"] = new JsonArray(new JsonArray("\u2581", "a"), new JsonArray("b", "c"), new JsonArray("\u2581", "\u2581")),
            },
        };
    }

    /// <summary>Writes <see cref="Bytes"/> with its end token named.</summary>
    public static void WriteBytes(string folder) => Write(folder, Bytes(), """{"eos_token": "<|end|>"}""");

    /// <summary>Writes a tokenizer and what stands beside it.</summary>
    public static void Write(string folder, JsonObject tokenizer, string? config)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), tokenizer.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        if (config is not null) File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), config);
    }

    private static JsonObject Added(string content, int id, bool isSpecial = true) => new()
    {
        ["id"] = id, ["content"] = content, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false, ["special"] = isSpecial,
    };

    // Radford et al., 2019: the bytes without a visible character get those from 256 on.
    private static char Character(int value) => value switch
    {
        < 33 => (char)(256 + value),
        < 127 => (char)value,
        < 161 => (char)(256 + value - 94),
        173 => (char)(256 + 67),
        _ => (char)value,
    };
}
