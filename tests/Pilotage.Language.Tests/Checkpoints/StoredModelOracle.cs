namespace Pilotage.Language.Tests.Checkpoints;

/// <summary>Llama and Qwen2 in plain loops and double precision, from the weights as they are stored: arXiv:2302.13971, arXiv:2407.10671.</summary>
internal static class StoredModelOracle
{
    /// <summary>Logits after each token, [tokens][vocabulary].</summary>
    public static double[][] Logits(StoredModel model, int[] tokens)
    {
        var embedding = model.Find("model.embed_tokens.weight")!;
        var states = tokens.Select(token => Enumerable.Range(0, model.Width).Select(i => (double)embedding[token * model.Width + i]).ToArray()).ToArray();
        for (var layer = 0; layer < model.Layers; layer++)
        {
            var name = $"model.layers.{layer}";
            var attended = Attend(model, name, [.. states.Select(x => Normalised(model, x, $"{name}.input_layernorm.weight"))]);
            for (var t = 0; t < states.Length; t++)
            {
                states[t] = Sum(states[t], attended[t]);
                var x = Normalised(model, states[t], $"{name}.post_attention_layernorm.weight");
                var gate = Linear(model, $"{name}.mlp.gate_proj", x);
                var up = Linear(model, $"{name}.mlp.up_proj", x);
                states[t] = Sum(states[t], Linear(model, $"{name}.mlp.down_proj", [.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)]));
            }
        }
        var head = model.Find("lm_head.weight") ?? embedding;
        return [.. states.Select(x => Product(head, Normalised(model, x, "model.norm.weight")))];
    }

    private static double[][] Attend(StoredModel model, string name, double[][] inputs)
    {
        var width = model.Width / model.Heads;
        var queries = inputs.Select((x, t) => Turned(Linear(model, $"{name}.self_attn.q_proj", x), t, width, model.RotaryBase)).ToArray();
        var keys = inputs.Select((x, t) => Turned(Linear(model, $"{name}.self_attn.k_proj", x), t, width, model.RotaryBase)).ToArray();
        var values = inputs.Select(x => Linear(model, $"{name}.self_attn.v_proj", x)).ToArray();
        var result = new double[inputs.Length][];
        for (var t = 0; t < inputs.Length; t++)
        {
            var mixed = new double[model.Width];
            for (var head = 0; head < model.Heads; head++)
            {
                var shared = head / (model.Heads / model.KeyHeads);
                var weights = new double[t + 1];
                for (var s = 0; s <= t; s++)
                {
                    for (var i = 0; i < width; i++) weights[s] += queries[t][head * width + i] * keys[s][shared * width + i];
                    weights[s] = Math.Exp(weights[s] / Math.Sqrt(width));
                }
                for (var s = 0; s <= t; s++)
                    for (var i = 0; i < width; i++) mixed[head * width + i] += weights[s] / weights.Sum() * values[s][shared * width + i];
            }
            result[t] = Linear(model, $"{name}.self_attn.o_proj", mixed);
        }
        return result;
    }

    // x cos + rotate_half(x) sin, with rotate_half(x) = (-second half, first half).
    private static double[] Turned(double[] x, int position, int width, double rotaryBase)
    {
        var result = new double[x.Length];
        for (var start = 0; start < x.Length; start += width)
            for (var i = 0; i < width; i++)
            {
                var angle = position * Math.Pow(rotaryBase, -2.0 * (i % (width / 2)) / width);
                var other = i < width / 2 ? -x[start + i + width / 2] : x[start + i - width / 2];
                result[start + i] = x[start + i] * Math.Cos(angle) + other * Math.Sin(angle);
            }
        return result;
    }

    private static double[] Normalised(StoredModel model, double[] x, string name)
    {
        var gain = model.Find(name)!;
        var scale = 1 / Math.Sqrt(x.Sum(value => value * value) / x.Length + model.Epsilon);
        return [.. x.Select((value, i) => value * scale * gain[i])];
    }

    private static double[] Linear(StoredModel model, string name, double[] x)
    {
        var result = Product(model.Find($"{name}.weight")!, x);
        return model.Find($"{name}.bias") is { } bias ? Sum(result, [.. bias.Select(value => (double)value)]) : result;
    }

    // W x with W [out, in].
    private static double[] Product(float[] weight, double[] x) =>
        [.. Enumerable.Range(0, weight.Length / x.Length).Select(row => x.Select((value, column) => value * weight[row * x.Length + column]).Sum())];

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
