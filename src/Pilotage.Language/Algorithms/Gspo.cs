using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Language.Algorithms;

/// <summary>Group sequence policy optimisation: ratio and clipping of the whole answer, by its length-normalised likelihood.</summary>
/// <remarks>
/// Source: arXiv:2507.18071, eq. 5-7.
/// Symbols: x problem, G answers y_i to it, A standardised reward, s_i = (pi(y_i | x) / pi_old(y_i | x))^(1 / |y_i|), epsilon clip radii.
/// Differs from the paper: nothing known.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class Gspo(GspoConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
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
        var rows = TokenRow.Of(groups, (rewards, advantages) => GroupScores.Standardize(rewards, advantages), Steps);                                            // eq. 6

        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.ResponseMean).Minibatches(batch.Minibatches, ref _shuffle))
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
        }
        Diagnostics = [.. GroupFigures.Of(groups, Steps++).Named, .. _figures.Take()];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => LearnerState.Save(writer, Steps, model, _optimizer, problems, _shuffle);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => Steps = LearnerState.Load(ref reader, model, _optimizer, problems, ref _shuffle);

    internal Tensor Loss(TokenBatch batch)                                                 // eq. 5, with the sign of a loss
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi);
        var (lower, upper) = ((float)config.LowerRadius, (float)config.UpperRadius);
        var answer = batch.ToTokens(batch.MeanByResponse(logRatio));                      // log s_i, eq. 7, at each of its tokens
        _figures.Add(answer, pi.Entropy, lower, upper);
        return batch.Aggregate(Surrogate.ClippedTerms(answer, batch.Advantages, lower, upper));   // the mean of an answer's equal terms is its term
    }
}
