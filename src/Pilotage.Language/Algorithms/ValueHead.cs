using System.Buffers;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Language.Algorithms;

/// <summary>Says what reward an answer will get, from what the model makes of the text before each of its tokens. It learns by itself; no gradient reaches the model.</summary>
public sealed class ValueHead : ISaved
{
    private readonly Parameters _parameters;
    private readonly Mlp _network;
    private readonly Adam _optimizer;

    /// <summary>Makes a head with one hidden layer.</summary>
    /// <param name="model">Whose width it reads.</param>
    /// <param name="width">Of its hidden layer.</param>
    /// <param name="learningRate">Step size of its Adam.</param>
    /// <param name="seeds">The run's seed tree; its initialisation branch is drawn from.</param>
    public ValueHead(LanguageModel model, int width, double learningRate, SeedTree seeds)
    {
        _parameters = new(model.Parameters.Device);
        var random = seeds.Initialisation.Branch("value head").Start();
        _network = new(_parameters, "value", model.Config.Width, [width], 1, Activation.Tanh, outputGain: 1, ref random);
        _optimizer = new(_parameters, learningRate);
    }

    /// <summary>Values and generalised advantages of the tokens of answers.</summary>
    /// <param name="model">Its present state.</param>
    /// <param name="rows">Answers; each one's reward comes with its last token.</param>
    /// <param name="discount">gamma, per token.</param>
    /// <param name="traceDecay">lambda.</param>
    /// <param name="tokenBudget">Most places of a step.</param>
    /// <returns>The rows with advantages and value targets.</returns>
    public IReadOnlyList<TokenRow> Credit(LanguageModel model, IReadOnlyList<TokenRow> rows, double discount, double traceDecay, int tokenBudget)
    {
        var credited = new Dictionary<TokenRow, TokenRow>(ReferenceEqualityComparer.Instance);
        foreach (var part in new TokenBatch(rows).Parts(tokenBudget))
        {
            using var step = Step.Begin(_parameters.Device, Gradient.None);
            var values = new float[part.Sequences.Actions];
            Values(model, part).CopyTo(values);
            for (var row = 0; row < part.Rows.Count; row++) credited[part.Rows[row]] = Credit(part.Rows[row], values[part.Sequences.ActionsOf(row)], discount, traceDecay);
        }
        return [.. rows.Select(row => credited.GetValueOrDefault(row, row))];
    }

    /// <summary>One update of the head: mean over tokens of (V - R)^2 / 2.</summary>
    /// <param name="model">Its present state.</param>
    /// <param name="batch">Rows with targets.</param>
    /// <param name="tokenBudget">Most places of a step.</param>
    /// <returns>Loss and norm.</returns>
    public UpdateReport Descend(LanguageModel model, TokenBatch batch, int tokenBudget) =>
        _optimizer.Descend(batch, part => part.Aggregate((Values(model, part) - part.Targets).Square() * 0.5f), maximumNorm: null, tokenBudget);

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<float>(_parameters.Values);
        _optimizer.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto(_parameters.Values);
        _optimizer.Load(ref reader);
    }

    /// <summary>A_t = sum over k of (gamma lambda)^k delta_(t+k), delta_t = r_t + gamma V_(t+1) - V_t, with V = 0 after the last token; R_t = A_t + V_t.</summary>
    internal static TokenRow Credit(TokenRow row, float[] values, double discount, double traceDecay)
    {
        var (advantages, targets) = (new float[values.Length], new float[values.Length]);
        var (trace, next) = (0.0, 0.0);
        for (var t = values.Length - 1; t >= 0; t--)
        {
            var reward = t == values.Length - 1 ? row.Reward : 0;
            trace = reward + discount * next - values[t] + discount * traceDecay * trace;
            (advantages[t], targets[t], next) = ((float)trace, (float)(trace + values[t]), values[t]);
        }
        return row with { Advantages = advantages, Targets = targets };
    }

    private Tensor Values(LanguageModel model, TokenBatch batch)
    {
        var hidden = model.Forward(batch.Sequences).Hidden.Detach();
        return _network.Forward(hidden).Reshape(batch.Sequences.Actions);
    }
}
