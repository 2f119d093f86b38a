using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Language.Algorithms;

/// <summary>Group relative policy optimisation: rewards standardised within a group of answers in the place of a critic.</summary>
/// <remarks>
/// Source: arXiv:2402.03300, Algorithm 1; objective: eq. 3; advantage: section 4.1.2.
/// Symbols: q problem, G answers to it, o_i answer, r_i reward, A advantage, epsilon clip radius, beta weight of the divergence from the reference policy, k3 its estimator (eq. 4).
/// Differs from the paper: the reference policy stays the one at the start; deviation of the sample, as in the authors' code.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class Grpo(GrpoConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
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
        var groups = sampler.Sample(problems.Take(batch.Prompts), batch.GroupSize, seeds.Actions.Branch((int)Steps), Steps, cancellation);   // lines 6-9
        var rows = TokenRow.Of(groups, (rewards, advantages) => GroupScores.Standardize(rewards, advantages), Steps);                                            // line 10: (r - mean) / std

        for (var epoch = 0; epoch < batch.Epochs; epoch++)                                       // lines 11-12
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.ResponseMean).Minibatches(batch.Minibatches, ref _shuffle))
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

    internal Tensor Loss(TokenBatch batch)                                                 // eq. 3, with the sign of a loss
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi);
        var radius = (float)config.ClipRadius;
        _figures.Add(logRatio, pi.Entropy, radius, radius);
        var loss = Surrogate.ClippedTerms(logRatio, batch.Advantages, radius, radius);
        if (_reference is null) return batch.Aggregate(loss);
        var fromReference = pi.LogProbability - Tensor.From(_reference.LogProbabilities(batch.Sequences, sampler.Sampling.Temperature), batch.Sequences.Actions);
        return batch.Aggregate(loss + (float)config.ReferenceWeight * ReferenceKl.K3(fromReference));   // eq. 4
    }
}
