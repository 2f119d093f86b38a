using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Language.Algorithms;

/// <summary>Dr. GRPO: GRPO without its two biases, the division by the group's deviation and by each answer's length.</summary>
/// <remarks>
/// Source: arXiv:2503.20783, section 3.2.
/// Symbols: q problem, G answers to it, R reward, A advantage, epsilon clip radius, L most tokens of an answer: a constant in the place of |o|.
/// Differs from the paper: nothing known; its code has no divergence from a reference either.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class DrGrpo(DrGrpoConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
{
    private readonly Adam _optimizer = new(model.Parameters, config.Batch.LearningRate);
    private readonly TokenFigures _figures = new();
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
        var rows = TokenRow.Of(groups, GroupScores.Centre, Steps);                           // A = R - mean R

        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.ConstantLength, sampler.MaximumTokens).Minibatches(batch.Minibatches, ref _shuffle))
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
        }
        Diagnostics = [.. GroupFigures.Of(groups, Steps++).Named, .. _figures.Take()];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => LearnerState.Save(writer, Steps, model, _optimizer, problems, _shuffle);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => Steps = LearnerState.Load(ref reader, model, _optimizer, problems, ref _shuffle);

    internal Tensor Loss(TokenBatch batch)                                                 // the boxed objective of section 3.2, with the sign of a loss
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi);
        var radius = (float)config.ClipRadius;
        _figures.Add(logRatio, pi.Entropy, radius, radius);
        return batch.Aggregate(Surrogate.ClippedTerms(logRatio, batch.Advantages, radius, radius));
    }
}
