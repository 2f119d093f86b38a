using System.Buffers;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Language.Algorithms;

/// <summary>REINFORCE++: no critic and no groups; advantages of tokens are standardised over the whole batch, the divergence from a reference is part of the reward.</summary>
/// <remarks>
/// Source: arXiv:2501.03262, section 3.
/// Symbols: q problem, o answer, r reward, KL(t) = log pi_old - log pi_ref of a token, beta its weight, A_t = r - beta sum over i >= t of KL(i), epsilon clip radius.
/// Differs from the paper: several answers to each problem, as all methods here draw them; they share no baseline.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class ReinforcePlusPlus(ReinforcePlusPlusConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
{
    private readonly Adam _optimizer = new(model.Parameters, config.Batch.LearningRate);
    private readonly TokenFigures _figures = new();
    private readonly ReferencePolicy? _reference = config.ReferenceWeight > 0 ? new(model) : null;
    private Randomness _shuffle = seeds.Shuffle.Start();

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
        var groups = sampler.Sample(problems.Take(batch.Prompts), batch.GroupSize, seeds.Actions.Branch((int)Steps), Steps, cancellation);
        IReadOnlyList<TokenRow> rows = TokenRow.Of(groups, (rewards, advantages) => rewards.CopyTo(advantages), Steps);
        if (_reference is not null) rows = Penalized(rows, _reference.LogProbabilities(rows, batch.TokenBudget, sampler.Sampling.Temperature), config.ReferenceWeight);
        rows = Standardized(rows);

        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.TokenMean).Minibatches(batch.Minibatches, ref _shuffle))
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
        }
        Diagnostics = [.. GroupFigures.Of(groups, Steps++).Named, .. _figures.Take()];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(model.Parameters.Values);
        _optimizer.Save(writer);
        problems.Save(writer);
        _shuffle.Save(writer);
        if (_reference is not null) writer.Write<float>(_reference.Model.Parameters.Values);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(model.Parameters.Values);
        _optimizer.Load(ref reader);
        problems.Load(ref reader);
        _shuffle.Load(ref reader);
        if (_reference is not null) reader.ReadInto(_reference.Model.Parameters.Values);
    }

    internal Tensor Loss(TokenBatch batch)
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi);
        var radius = (float)config.ClipRadius;
        _figures.Add(logRatio, pi.Entropy, radius, radius);
        return batch.Aggregate(Surrogate.ClippedTerms(logRatio, batch.Advantages, radius, radius));
    }

    /// <summary>A_t = r - beta sum over i >= t of KL(i).</summary>
    internal static IReadOnlyList<TokenRow> Penalized(IReadOnlyList<TokenRow> rows, IReadOnlyList<float[]> reference, double weight)
    {
        var penalized = new TokenRow[rows.Count];
        for (var row = 0; row < penalized.Length; row++)
        {
            var advantages = rows[row].Advantages.ToArray();
            var divergence = 0.0;
            for (var t = advantages.Length - 1; t >= 0; t--)
            {
                divergence += rows[row].LogProbabilities[t] - reference[row][t];
                advantages[t] -= (float)(weight * divergence);
            }
            penalized[row] = rows[row] with { Advantages = advantages };
        }
        return penalized;
    }

    /// <summary>(A - mean) / deviation over the tokens of all rows; 0 where all are equal.</summary>
    internal static IReadOnlyList<TokenRow> Standardized(IReadOnlyList<TokenRow> rows)
    {
        var all = rows.SelectMany(row => row.Advantages).ToArray();
        var mean = all.Average(a => (double)a);
        var deviation = Math.Sqrt(all.Average(a => (a - mean) * (a - mean)));
        return [.. rows.Select(row => row with { Advantages = Array.ConvertAll(row.Advantages, a => (float)((a - mean) / (deviation + 1e-8))) })];
    }
}
