using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>The predecessor AEPO: answers drawn at another temperature take the place of some of a batch, and count as good ones.</summary>
/// <remarks>
/// Source: option of the released code of arXiv:2601.12730.
/// Symbols: H entropy of the update before, H0 set point, T temperature, A advantage of a response in its group, r = pi / pi_old.
/// Differs from the code: how many answers are put in is a share of the batch, not a number; the entropy is measured before the first update.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
/// <param name="samplerAt">Draws from the model at a temperature.</param>
public sealed class Aepo(AepoConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds, Func<float, GroupSampler> samplerAt) : ILanguageLearner
{
    private readonly Adam _optimizer = new(model.Parameters, config.Batch.LearningRate);
    private readonly GroupSampler _hot = samplerAt((float)config.HotTemperature), _cold = samplerAt((float)config.ColdTemperature);
    private readonly TokenFigures _figures = new();
    private Randomness _shuffle = seeds.Shuffle.Start();
    private double _entropy = double.NaN, _measured;                                      // H, known from the first batch on; sum over updates of an iteration

    /// <inheritdoc/>
    public LanguageModel Model => model;

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public void Iterate(CancellationToken cancellation = default)
    {
        var batch = config.Batch;
        var asked = problems.Take(batch.Prompts);
        var groups = sampler.Sample(asked, batch.GroupSize, seeds.Actions.Branch((int)Steps), Steps, cancellation);
        var rows = TokenRow.Of(groups, (rewards, advantages) => GroupScores.Standardize(rewards, advantages), Steps);
        if (Steps == 0) _entropy = PolicyEntropy.Sampled(rows);

        var isLow = _entropy <= config.TargetEntropy;
        var most = Math.Max(1, (int)Math.Round((isLow ? config.HotShare : config.ColdShare) * rows.Count));
        var extra = Extra(asked, isLow ? _hot : _cold, most, cancellation);
        rows = [.. extra, .. rows.Skip(extra.Length)];                                     // in the place of the first ones

        var (used, updates) = (_entropy, 0);
        _measured = 0;
        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.TokenMean).Minibatches(batch.Minibatches, ref _shuffle))
            {
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
                updates++;
            }
        }
        _entropy = _measured / updates;
        Diagnostics = [.. GroupFigures.Of(groups, Steps++).Named, new("thermostat_entropy", used), new("thermostat_temperature", isLow ? config.HotTemperature : config.ColdTemperature), new("extra_answers", extra.Length), .. _figures.Take()];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(model.Parameters.Values);
        _optimizer.Save(writer);
        problems.Save(writer);
        _shuffle.Save(writer);
        writer.Write<double>([_entropy]);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(model.Parameters.Values);
        _optimizer.Load(ref reader);
        problems.Load(ref reader);
        _shuffle.Load(ref reader);
        var state = new double[1];
        reader.ReadInto<double>(state);
        _entropy = state[0];
    }

    private Tensor Loss(TokenBatch batch)
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi);
        _figures.Add(logRatio, pi.Entropy, config.Clip.LowerRadius, config.Clip.UpperRadius);
        _measured += batch.Aggregate(-pi.LogProbability).Item();
        return batch.Aggregate(config.Clip.Terms(logRatio, batch.Advantages));
    }

    // Good answers of groups drawn at the temperature, as if the policy had drawn them: advantage 1, log-probabilities its own.
    private TokenRow[] Extra(IReadOnlyList<TextProblem> asked, GroupSampler from, int most, CancellationToken cancellation)
    {
        var batch = config.Batch;
        var drawn = from.Sample([.. asked.Take(Math.Max(1, asked.Count / config.ExtraPromptDivisor))], batch.GroupSize, seeds.Actions.Branch((int)Steps).Branch("extra"), Steps, cancellation);
        TokenRow[] good = [.. TokenRow.Of(drawn, (rewards, advantages) => GroupScores.Standardize(rewards, advantages), Steps).Where(row => row.Response.Length > 0 && row.Advantages[0] > config.AdvantageThreshold).Take(most)];
        if (good.Length == 0) return good;
        return [.. good.Zip(Scored(good), (row, logProbabilities) => row with { LogProbabilities = logProbabilities, Advantages = Array.ConvertAll(row.Advantages, _ => 1f) })];
    }

    private IReadOnlyList<float[]> Scored(IReadOnlyList<TokenRow> rows)
    {
        var scored = new Dictionary<TokenRow, float[]>(ReferenceEqualityComparer.Instance);
        foreach (var part in new TokenBatch(rows).Parts(config.Batch.TokenBudget))
        {
            var flat = ReferencePolicy.LogProbabilities(model, part.Sequences, sampler.Sampling.Temperature);
            for (var row = 0; row < part.Rows.Count; row++) scored[part.Rows[row]] = flat[part.Sequences.ActionsOf(row)];
        }
        return [.. rows.Select(row => scored[row])];
    }
}
