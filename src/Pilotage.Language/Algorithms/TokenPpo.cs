using System.Buffers;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Language.Algorithms;

/// <summary>Proximal policy optimisation over tokens, with a value head.</summary>
/// <remarks>
/// Source: arXiv:1707.06347, Algorithm 1, over the tokens of answers as in arXiv:2203.02155; credit: arXiv:1506.02438, eq. 16.
/// Symbols: gamma discount, lambda trace decay, V value of the text before a token, A advantage, R value target, epsilon clip radius.
/// An answer ends as an episode does, cut or not: the verifier judges what is there, and nothing comes after.
/// Differs from the sources: the value head reads what the policy's blocks say and sends no gradient into them, so that the policy's gradient is the policy's alone; no clipping of the value.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class TokenPpo(TokenPpoConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
{
    private readonly Adam _optimizer = new(model.Parameters, config.Batch.LearningRate);
    private readonly TokenFigures _figures = new();
    private readonly ValueHead _value = new(model, config.ValueWidth, config.ValueLearningRate, seeds);
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
        var groups = sampler.Sample(problems.Take(batch.Prompts), batch.GroupSize, seeds.Actions.Branch((int)Steps), Steps, cancellation);   // lines 2-3
        var rows = _value.Credit(model, TokenRow.Of(groups, (rewards, advantages) => rewards.CopyTo(advantages), Steps), config.Discount, config.TraceDecay, batch.TokenBudget);   // line 4, eq. 11
        if (config.NormalizeAdvantages) rows = ReinforcePlusPlus.Standardized(rows);

        for (var epoch = 0; epoch < batch.Epochs; epoch++)                                       // line 6
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.TokenMean).Minibatches(batch.Minibatches, ref _shuffle))
            {
                _value.Descend(model, minibatch, batch.TokenBudget);
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
            }
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
        _value.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(model.Parameters.Values);
        _optimizer.Load(ref reader);
        problems.Load(ref reader);
        _shuffle.Load(ref reader);
        _value.Load(ref reader);
    }

    internal Tensor Loss(TokenBatch batch)                                                 // eq. 7
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi);
        var radius = (float)config.ClipRadius;
        _figures.Add(logRatio, pi.Entropy, radius, radius);
        return batch.Aggregate(Surrogate.ClippedTerms(logRatio, batch.Advantages, radius, radius));
    }
}
