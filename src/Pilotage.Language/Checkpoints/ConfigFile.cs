using System.Text.Json;
using Pilotage.Language.Models;
using Pilotage.Networks;

namespace Pilotage.Language.Checkpoints;

/// <summary>A folder's <c>config.json</c>, read.</summary>
/// <param name="Kind">How the weights are named.</param>
/// <param name="Model">Shape and kind of the model.</param>
/// <remarks>Fields and their defaults: huggingface.co/docs/transformers, LlamaConfig and Qwen2Config. What would change the computation and is not known here is refused, never ignored.</remarks>
internal sealed record ConfigFile(ModelKind Kind, LanguageModelConfig Model)
{
    public const string Name = "config.json";

    /// <summary>Reads a folder's.</summary>
    /// <exception cref="UserMistakeException">All that is wrong with it: PIL1801 to PIL1805.</exception>
    public static ConfigFile Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserMistakeException(new Mistake("PIL1801", "There is no such folder.", folder, "Give a folder with config.json, model.safetensors and tokenizer.json.").ToString());
        var json = JsonFile.Read(Path.Combine(folder, Name));
        var type = json.Text("model_type");
        var architecture = json.Find("architectures") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0].ToString() : null;
        ConfigFile? result = (type, architecture) switch
        {
            ("llama", null or "LlamaForCausalLM") => new(ModelKind.Llama, HuggingFaceModel(json, ModelKind.Llama)),
            ("qwen2", null or "Qwen2ForCausalLM") => new(ModelKind.Qwen2, HuggingFaceModel(json, ModelKind.Qwen2)),
            ("pilotage", null) => new(ModelKind.Pilotage, OwnModel(json)),
            _ => null,
        };
        if (result is null)
            json.Mistakes.Add(new("PIL1803", $"The model is a {architecture ?? "model without architectures"} of type {type ?? "(none)"}, which is not known here. Known: LlamaForCausalLM of type llama, Qwen2ForCausalLM of type qwen2, pilotage.", "",
                "Give a model of one of these kinds; others compute something else with the same weights."));
        json.ThrowIfAny();
        return result!;
    }

    /// <summary>The folder format for a model: Hugging Face's where it has one.</summary>
    public static ModelKind KindOf(LanguageModelConfig model)
    {
        if (model is not { Positions: PositionEncoding.Rotary, Normalization: Normalization.RootMeanSquare, FeedForward: FeedForward.GatedSilu }) return ModelKind.Pilotage;
        if (model.Biases == BiasPlaces.QueryKeyValue) return ModelKind.Qwen2;
        // Llama has biases on all four layers of the attention or on none.
        return model.Biases.HasFlag(BiasPlaces.QueryKeyValue) == model.Biases.HasFlag(BiasPlaces.AttentionOutput) ? ModelKind.Llama : ModelKind.Pilotage;
    }

    private static LanguageModelConfig HuggingFaceModel(JsonFile json, ModelKind kind)
    {
        var heads = json.Integer("num_attention_heads", 1);
        var model = new LanguageModelConfig
        {
            VocabularySize = json.Integer("vocab_size", 2),
            Width = json.Integer("hidden_size", 1),
            HiddenWidth = json.Integer("intermediate_size", 1),
            Layers = json.Integer("num_hidden_layers", 1),
            Heads = heads,
            KeyHeads = json.Integer("num_key_value_heads", 1, absent: kind == ModelKind.Qwen2 ? 32 : heads),
            ContextLength = json.Integer("max_position_embeddings", 1, absent: kind == ModelKind.Qwen2 ? 32_768 : 2_048),
            Positions = PositionEncoding.Rotary,
            RotaryBase = RotaryBase(json),
            Normalization = Normalization.RootMeanSquare,
            NormEpsilon = json.Positive("rms_norm_eps", 1e-6f),
            FeedForward = FeedForward.GatedSilu,
            Biases = kind == ModelKind.Qwen2 ? BiasPlaces.QueryKeyValue
                : (json.Truth("attention_bias", false) ? BiasPlaces.QueryKeyValue | BiasPlaces.AttentionOutput : 0) | (json.Truth("mlp_bias", false) ? BiasPlaces.FeedForward : 0),
            TiedEmbeddings = json.Truth("tie_word_embeddings", false),
        };
        CheckHeads(json, model, json.Integer("head_dim", 1, absent: heads == 0 ? 1 : model.Width / heads));
        if (json.Text("hidden_act") is not (null or "silu" or "swish") and var activation)
            Refuse(json, $"hidden_act = {activation} is not supported; wanted silu.", "These kinds of model use silu; give one of them.");
        if (json.Truth("use_sliding_window", false))
            Refuse(json, "use_sliding_window = true is not supported: every token here sees all those before it.", "Give a model that was trained with full attention.");
        if (json.Find("quantization_config") is not null)
            Refuse(json, "The weights are quantised (quantization_config), and training needs them as floats.", "Give the model's BF16, F16 or F32 weights.");
        return model;
    }

    private static float RotaryBase(JsonFile json)
    {
        // Newer files hold the base among rope_parameters, older ones beside rope_scaling.
        foreach (var name in (ReadOnlySpan<string>)["rope_scaling", "rope_parameters"])
        {
            if (json.Find(name) is not { } scaling) continue;
            var type = (JsonFile.Find(scaling, "rope_type") ?? JsonFile.Find(scaling, "type"))?.ToString() ?? "default";
            if (type != "default") Refuse(json, $"{name} of type {type} is not supported: places would be turned by other angles than the model learned.", "Give a model without it, such as the version from before its context was lengthened.");
            else if (JsonFile.Find(scaling, "rope_theta") is { ValueKind: JsonValueKind.Number } inside && inside.TryGetSingle(out var given) && given > 1) return given;
        }
        var result = json.Positive("rope_theta", 10_000);
        if (result <= 1) json.Mistakes.Add(new("PIL1805", $"rope_theta = {result} cannot be used; wanted a number above 1.", "", "Give the config.json that belongs to the weights."));
        return result;
    }

    private static LanguageModelConfig OwnModel(JsonFile json)
    {
        var model = new LanguageModelConfig
        {
            VocabularySize = json.Integer("vocab_size", 2),
            Width = json.Integer("hidden_size", 1),
            HiddenWidth = json.Integer("intermediate_size", 1),
            Layers = json.Integer("num_hidden_layers", 1),
            Heads = json.Integer("num_attention_heads", 1),
            KeyHeads = json.Integer("num_key_value_heads", 1),
            ContextLength = json.Integer("max_position_embeddings", 1),
            Positions = Choice<PositionEncoding>(json, "positions"),
            RotaryBase = json.Positive("rope_theta", 10_000),
            Normalization = Choice<Normalization>(json, "normalization"),
            NormEpsilon = json.Positive("norm_eps", 1e-5f),
            FeedForward = Choice<FeedForward>(json, "feed_forward"),
            Biases = Choice<BiasPlaces>(json, "biases"),
            TiedEmbeddings = json.Truth("tie_word_embeddings", true),
        };
        CheckHeads(json, model, model.Heads == 0 ? 1 : model.Width / model.Heads);
        return model;
    }

    private static void CheckHeads(JsonFile json, LanguageModelConfig model, int headWidth)
    {
        if (json.Mistakes.Count > 0) return;
        if (model.Width % model.Heads != 0 || model.Heads % model.KeyHeads!.Value != 0 || (model.Positions == PositionEncoding.Rotary && model.Width / model.Heads % 2 != 0))
            json.Mistakes.Add(new("PIL1805", $"hidden_size {model.Width}, {model.Heads} heads and {model.KeyHeads} key heads do not fit; wanted heads that divide the width into an even number, and key heads that divide the heads.", "", "Give the config.json that belongs to the weights."));
        else if (headWidth != model.Width / model.Heads)
            Refuse(json, $"head_dim = {headWidth} is not supported; wanted hidden_size / num_attention_heads = {model.Width / model.Heads}.", "Give a model whose heads share its width.");
    }

    private static T Choice<T>(JsonFile json, string name)
        where T : struct, Enum
    {
        if (json.Text(name) is { Length: > 0 } text && char.IsAsciiLetter(text[0]) && Enum.TryParse<T>(text, out var value)) return value;
        json.Mistakes.Add(new("PIL1805", $"{name} = {json.Text(name) ?? "(none)"} cannot be used; wanted one of {string.Join(", ", Enum.GetNames<T>())}.", "", "Give the config.json that belongs to the weights."));
        return default;
    }

    private static void Refuse(JsonFile json, string what, string advice) => json.Mistakes.Add(new("PIL1804", what, "", advice));
}
