using System.Text.Json;
using Pilotage.Language.Models;
using Pilotage.Language.Tokenizers;
using Pilotage.Networks;
using Pilotage.Training;

namespace Pilotage.Language.Checkpoints;

/// <summary>Writes what <see cref="ConfigFile"/> reads.</summary>
internal static class ConfigWriting
{
    /// <summary>The bytes of <c>config.json</c>.</summary>
    public static byte[] Bytes(ModelKind kind, LanguageModelConfig model, ITokenizer? tokenizer, FloatFormat format)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            if (kind != ModelKind.Pilotage)
            {
                json.WriteStartArray("architectures");
                json.WriteStringValue(kind == ModelKind.Qwen2 ? "Qwen2ForCausalLM" : "LlamaForCausalLM");
                json.WriteEndArray();
            }
            json.WriteString("model_type", kind switch { ModelKind.Llama => "llama", ModelKind.Qwen2 => "qwen2", _ => "pilotage" });
            json.WriteNumber("vocab_size", model.VocabularySize);
            json.WriteNumber("hidden_size", model.Width);
            json.WriteNumber("intermediate_size", model.Block.HiddenWidthOrDefault);
            json.WriteNumber("num_hidden_layers", model.Layers);
            json.WriteNumber("num_attention_heads", model.Heads);
            json.WriteNumber("num_key_value_heads", model.KeyHeads ?? model.Heads);
            json.WriteNumber("max_position_embeddings", model.ContextLength);
            json.WriteNumber("rope_theta", model.RotaryBase);
            if (kind == ModelKind.Pilotage) WriteOwn(json, model);
            else WriteHuggingFace(json, kind, model);
            json.WriteBoolean("tie_word_embeddings", model.TiedEmbeddings);
            if (tokenizer is HuggingFaceTokenizer { BeginToken: { } begin }) json.WriteNumber("bos_token_id", begin);
            if (tokenizer is not null) json.WriteNumber("eos_token_id", tokenizer.EndToken);
            json.WriteString("torch_dtype", format switch { FloatFormat.BF16 => "bfloat16", FloatFormat.F16 => "float16", _ => "float32" });
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteHuggingFace(Utf8JsonWriter json, ModelKind kind, LanguageModelConfig model)
    {
        json.WriteString("hidden_act", "silu");
        json.WriteNumber("rms_norm_eps", model.NormEpsilonOrDefault);
        if (kind == ModelKind.Qwen2)
        {
            json.WriteBoolean("use_sliding_window", false);
            return;
        }
        json.WriteBoolean("attention_bias", model.Biases.HasFlag(BiasPlaces.QueryKeyValue));
        json.WriteBoolean("mlp_bias", model.Biases.HasFlag(BiasPlaces.FeedForward));
    }

    private static void WriteOwn(Utf8JsonWriter json, LanguageModelConfig model)
    {
        json.WriteString("positions", model.Positions.ToString());
        json.WriteString("normalization", model.Normalization.ToString());
        json.WriteNumber("norm_eps", model.NormEpsilonOrDefault);
        json.WriteString("feed_forward", model.FeedForward.ToString());
        json.WriteString("biases", model.Biases.ToString());
    }
}
