using System.Globalization;
using System.Text;
using Pilotage.Training;

namespace Pilotage.Language.Tests.Checkpoints;

/// <summary>A small Llama or Qwen2 model as other programs store it, with weights of its own: what the tests write, and what the oracle computes with.</summary>
internal sealed class StoredModel
{
    private readonly List<(string Name, int[] Shape, float[] Values)> _tensors = [];

    public StoredModel(string type, int vocabulary = 11, int width = 16, int hidden = 24, int layers = 2, int heads = 4, int keyHeads = 2, bool attentionBias = false, bool mlpBias = false, bool isTied = false)
    {
        (Type, Vocabulary, Width, Hidden, Layers, Heads, KeyHeads, AttentionBias, MlpBias, IsTied) = (type, vocabulary, width, hidden, layers, heads, keyHeads, attentionBias, mlpBias, isTied);
        var keyWidth = keyHeads * (width / heads);
        Add("model.embed_tokens.weight", vocabulary, width);
        for (var layer = 0; layer < layers; layer++)
        {
            var name = $"model.layers.{layer}";
            AddGain($"{name}.input_layernorm.weight");
            foreach (var (part, outputs) in new[] { ("q", width), ("k", keyWidth), ("v", keyWidth), ("o", width) })
            {
                Add($"{name}.self_attn.{part}_proj.weight", outputs, width);
                if (type == "qwen2" ? part != "o" : attentionBias) Add($"{name}.self_attn.{part}_proj.bias", outputs);
            }
            AddGain($"{name}.post_attention_layernorm.weight");
            foreach (var (part, inputs, outputs) in new[] { ("gate", width, hidden), ("up", width, hidden), ("down", hidden, width) })
            {
                Add($"{name}.mlp.{part}_proj.weight", outputs, inputs);
                if (mlpBias) Add($"{name}.mlp.{part}_proj.bias", outputs);
            }
        }
        AddGain("model.norm.weight");
        if (!isTied) Add("lm_head.weight", vocabulary, width);
    }

    public string Type { get; }

    public int Vocabulary { get; }

    public int Width { get; }

    public int Hidden { get; }

    public int Layers { get; }

    public int Heads { get; }

    public int KeyHeads { get; }

    public bool AttentionBias { get; }

    public bool MlpBias { get; }

    public bool IsTied { get; }

    public double RotaryBase { get; init; } = 500;

    public double Epsilon { get; init; } = 1e-2;

    public IReadOnlyList<(string Name, int[] Shape, float[] Values)> Tensors => _tensors;

    /// <summary>The values of a tensor, row-major [out, in]; nothing where there is none.</summary>
    public float[]? Find(string name) => _tensors.FirstOrDefault(tensor => tensor.Name == name).Values;

    /// <summary>Keeps what the format keeps, so that the oracle computes with what a file holds.</summary>
    public StoredModel Rounded(FloatFormat format)
    {
        foreach (var (_, _, values) in _tensors)
            for (var i = 0; i < values.Length; i++)
                values[i] = format switch
                {
                    FloatFormat.BF16 => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(values[i]) & unchecked((int)0xFFFF0000)),
                    FloatFormat.F16 => (float)(Half)values[i],
                    _ => values[i],
                };
        return this;
    }

    public string Config() => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "architectures": ["{{(Type == "qwen2" ? "Qwen2ForCausalLM" : "LlamaForCausalLM")}}"],
          "model_type": "{{Type}}",
          "vocab_size": {{Vocabulary}},
          "hidden_size": {{Width}},
          "intermediate_size": {{Hidden}},
          "num_hidden_layers": {{Layers}},
          "num_attention_heads": {{Heads}},
          "num_key_value_heads": {{KeyHeads}},
          "max_position_embeddings": 32,
          "hidden_act": "silu",
          "rms_norm_eps": {{Epsilon}},
          "rope_theta": {{RotaryBase}},
          "rope_scaling": null,
          "attention_bias": {{(AttentionBias ? "true" : "false")}},
          "mlp_bias": {{(MlpBias ? "true" : "false")}},
          "use_sliding_window": false,
          "tie_word_embeddings": {{(IsTied ? "true" : "false")}},
          "torch_dtype": "float32"
        }
        """);

    /// <summary>Writes config and weights, over as many files as given.</summary>
    public void Write(string folder, FloatFormat format = FloatFormat.F32, int shards = 1)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), Config());
        var map = new StringBuilder();
        for (var shard = 0; shard < shards; shard++)
        {
            var name = shards == 1 ? "model.safetensors" : $"model-{shard + 1:00000}-of-{shards:00000}.safetensors";
            var writer = new SafetensorsWriter();
            for (var i = shard; i < _tensors.Count; i += shards)
            {
                writer.Add(new(_tensors[i].Name, _tensors[i].Shape, _tensors[i].Values), format);
                map.Append(CultureInfo.InvariantCulture, $"{(map.Length > 0 ? "," : "")}\"{_tensors[i].Name}\": \"{name}\"");
            }
            using var file = File.Create(Path.Combine(folder, name));
            writer.Write(file);
        }
        if (shards > 1) File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), $"{{\"metadata\": {{}}, \"weight_map\": {{{map}}}}}");
    }

    private void Add(string name, params int[] shape)
    {
        var random = SeedTree.Root(7).Branch(name).Start();
        var values = new float[shape.Aggregate(1, (product, extent) => product * extent)];
        for (var i = 0; i < values.Length; i++) values[i] = 0.8f * (random.NextSingle() - 0.5f);
        _tensors.Add((name, shape, values));
    }

    private void AddGain(string name)
    {
        Add(name, Width);
        var values = _tensors[^1].Values;
        for (var i = 0; i < values.Length; i++) values[i] += 1;
    }
}
