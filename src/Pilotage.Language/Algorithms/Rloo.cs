using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Language.Algorithms;

/// <summary>REINFORCE with leave-one-out baselines: each answer against the mean of the others to the same problem, the whole answer as one action.</summary>
/// <remarks>
/// Source: arXiv:2402.14740, section 3.2, after Kool, van Hoof and Welling, 2019.
/// Symbols: x problem, k answers y to it, R reward, pi policy.
/// Differs from the paper: rewards come from a verifier, without a divergence from a reference in them.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class Rloo(RlooConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
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
        var rows = TokenRow.Of(groups, GroupScores.LeaveOneOut, Steps);                      // R(y_i) - mean of R(y_j), j != i

        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.ConstantLength).Minibatches(batch.Minibatches, ref _shuffle))
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
        }
        Diagnostics = [.. GroupFigures.Of(groups, Steps++).Named, .. _figures.Take()];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => LearnerState.Save(writer, Steps, model, _optimizer, problems, _shuffle);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => Steps = LearnerState.Load(ref reader, model, _optimizer, problems, ref _shuffle);

    internal Tensor Loss(TokenBatch batch)                                                 // -1/k sum_i A_i log pi(y_i | x), log pi(y | x) the sum over its tokens
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        _figures.Add(batch.LogRatio(pi), pi.Entropy, 0.2, 0.2);
        return batch.Aggregate(-(pi.LogProbability * batch.Advantages));
    }
}
