using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Ratio-variance regularised policy optimisation for sequences: no clip, but a price on E[(r - 1)^2] that rises until its bound holds; stale answers are down-weighted and not dropped.</summary>
/// <remarks>
/// Source: arXiv:2601.03320 (abstract; the dual step is standard primal-dual ascent, and bound, rate and buffer are ours). Symbols: G groups drawn by pi_theta, B buffer of groups with the
/// log-probabilities that they were drawn with, pi_b the policy that drew a sample, r = pi / pi_b, A standardised reward of an answer, V^ mean of (r - 1)^2 over the tokens of a minibatch,
/// lambda multiplier, delta bound, eta its rate. With a bound for each age there is a V^ and a lambda for each; they ascend where a minibatch has samples of that age.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class R2vpo(R2vpoLearnerConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
{
    private readonly Adam _optimizer = new(model.Parameters, config.Batch.LearningRate);
    private readonly GroupStore _buffer = new(config.Replay.Capacity * config.Batch.Prompts);        // B
    private readonly VariancePrices _prices = new(config.Constraint, config.Replay.MaximumAge);      // lambda
    private readonly TokenFigures _figures = new();
    private Randomness _shuffle = seeds.Shuffle.Start();

    /// <inheritdoc/>
    public LanguageModel Model => model;

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <summary>lambda, by age of the samples where each has its own.</summary>
    public IReadOnlyList<double> Multipliers => _prices.Values;

    /// <inheritdoc/>
    public void Iterate(CancellationToken cancellation = default)
    {
        var batch = config.Batch;
        var fresh = sampler.Sample(problems.Take(batch.Prompts), batch.GroupSize, seeds.Actions.Branch((int)Steps), Steps, cancellation);   // G ~ pi_theta
        var groups = _buffer.Mix(fresh, config.Replay.Share, Steps, config.Replay.MaximumAge, ref _shuffle);                                // mix(G, sample(B))
        var rows = TokenRow.Of(groups, (rewards, advantages) => GroupScores.Standardize(rewards, advantages), Steps);

        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows).Minibatches(batch.Minibatches, ref _shuffle))
            {
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));       // step theta
                _prices.Ascend();                                                                                      // lambda = max(0, lambda + eta (V^ - delta))
            }
        }
        if (config.Replay.Share > 0) _buffer.Add(fresh);
        Diagnostics = [.. GroupFigures.Of(groups, Steps++).Named, .. _figures.Take(), .. _prices.Take()];
    }

    private Tensor Loss(TokenBatch batch)
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi);
        if (config.RatioLevel == RatioLevel.Sequence) logRatio = batch.ToTokens(batch.MeanByResponse(logRatio));
        var ratio = RatioVariance.Ratio(logRatio);                                                                     // r, held to exp(+-20)
        var radius = Math.Sqrt(config.Constraint.Bound);
        _figures.Add(logRatio, pi.Entropy, radius, radius);
        _prices.Measure(ratio, batch);                                                                                 // V^
        return batch.Aggregate(RatioVariance.Lagrangian(ratio, batch.Advantages, _prices.Of(batch)));                  // mean of lambda (r - 1)^2 - r A
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(model.Parameters.Values);
        _optimizer.Save(writer);
        _buffer.Save(writer);
        _prices.Save(writer);
        problems.Save(writer);
        _shuffle.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(model.Parameters.Values);
        _optimizer.Load(ref reader);
        _buffer.Load(ref reader);
        _prices.Load(ref reader);
        problems.Load(ref reader);
        _shuffle.Load(ref reader);
    }
}
