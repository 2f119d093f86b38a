using System.Text.Json;

namespace Pilotage.Language.Tokenizers;

/// <summary>The tokenizer of a checkpoint folder.</summary>
internal static class TokenizerFolder
{
    private const string Name = "tokenizer.json";
    private const string ConfigName = "tokenizer_config.json";
    private const string ModelConfigName = "config.json";

    // What other programs read beside a tokenizer, so what is saved again with it.
    private static readonly string[] Companions = [ConfigName, "special_tokens_map.json", "generation_config.json", "chat_template.jinja"];

    /// <summary>Reads a folder's tokenizer, of whatever kind.</summary>
    /// <returns>The tokenizer; <see langword="null"/> where there is none.</returns>
    /// <exception cref="UserMistakeException">It cannot be used: PIL1802, PIL1812 to PIL1814.</exception>
    public static ITokenizer? Find(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            if (!File.Exists(Path.Combine(folder, "tokenizer.model"))) return null;
            throw new UserMistakeException(new Mistake("PIL1812", "The folder has a tokenizer.model and no tokenizer.json, which is what is read here.", folder, "Save the tokenizer as tokenizer.json: AutoTokenizer.from_pretrained(folder).save_pretrained(folder).").ToString());
        }
        var json = JsonFile.Read(path);
        return KindOf(json) == "WordLevel" ? ListTokenizers.Read(json) : ReadMerged(folder, json);
    }

    /// <summary>Reads a tokenizer of byte-pair encoding.</summary>
    public static HuggingFaceTokenizer ReadMerged(string folder) => ReadMerged(folder, JsonFile.Read(Path.Combine(folder, Name)));

    /// <summary>Writes a tokenizer as its folder holds it.</summary>
    public static void Write(string folder, ITokenizer tokenizer)
    {
        switch (tokenizer)
        {
            case HuggingFaceTokenizer merged:
                foreach (var (name, bytes) in merged.Files) File.WriteAllBytes(Path.Combine(folder, name), bytes);
                break;
            default:
                File.WriteAllBytes(Path.Combine(folder, Name), ListTokenizers.Write(tokenizer));
                break;
        }
    }

    private static string KindOf(JsonFile json) => JsonFile.Find(json.Find("model") ?? default, "type")?.ToString() ?? "BPE";

    private static HuggingFaceTokenizer ReadMerged(string folder, JsonFile json)
    {
        if (KindOf(json) is not "BPE" and var kind)
            throw new UserMistakeException(new Mistake("PIL1812", $"The tokenizer is of kind {kind}. Read here: BPE, and WordLevel as it is written here.", json.Path, "Give a model with one of these, such as Llama or Qwen2.").ToString());
        var file = TokenizerFile.Read(json);
        var config = Path.Combine(folder, ConfigName) is var path && File.Exists(path) ? JsonFile.Read(path) : null;
        var modelConfig = Path.Combine(folder, ModelConfigName) is var beside && File.Exists(beside) ? JsonFile.Read(beside) : null;
        var end = Named(file, config, "eos_token") ?? Numbered(modelConfig, "eos_token_id") ?? throw new UserMistakeException(new Mistake(
            "PIL1814", "Nothing says which token ends a text: there is no eos_token in tokenizer_config.json and no eos_token_id in config.json.", folder, "Add \"eos_token\" to tokenizer_config.json.").ToString());
        if (end < 0 || end >= 1 + file.Vocabulary.Values.Concat(file.Added.Values).Max())
            throw new UserMistakeException(new Mistake("PIL1814", $"The token that ends a text is {end}, which the tokenizer does not know.", folder, "Correct eos_token_id in config.json.").ToString());
        return new(file, Files(folder), end, BeginOf(json, file, config));
    }

    // A template that puts a token in front says it for models that want one; older files say it beside.
    private static int? BeginOf(JsonFile json, TokenizerFile file, JsonFile? config)
    {
        var begin = Named(file, config, "bos_token");
        if (begin is null) return null;
        if (config!.Find("add_bos_token") is { } said) return said.ValueKind == JsonValueKind.True ? begin : null;
        var text = file.Added.Concat(file.Vocabulary).First(pair => pair.Value == begin).Key;
        return json.Find("post_processor") is { } processor && Mentions(processor, text) ? begin : null;
    }

    private static bool Mentions(JsonElement element, string text) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(member => Mentions(member.Value, text)),
        JsonValueKind.Array => element.EnumerateArray().Any(item => Mentions(item, text)),
        JsonValueKind.String => element.GetString() == text,
        _ => false,
    };

    private static int? Named(TokenizerFile file, JsonFile? config, string name)
    {
        if (config?.Find(name) is not { } element) return null;
        var text = element.ValueKind == JsonValueKind.String ? element.GetString() : JsonFile.Find(element, "content")?.ToString();
        return text is null ? null : file.Added.TryGetValue(text, out var added) ? added : file.Vocabulary.TryGetValue(text, out var token) ? token : null;
    }

    private static int? Numbered(JsonFile? config, string name)
    {
        if (config?.Find(name) is not { } element) return null;
        var first = element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().FirstOrDefault() : element;
        return first.ValueKind == JsonValueKind.Number && first.TryGetInt32(out var token) ? token : null;
    }

    private static Dictionary<string, byte[]> Files(string folder) => Companions.Prepend(Name)
        .Where(name => File.Exists(Path.Combine(folder, name))).ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name)));
}
