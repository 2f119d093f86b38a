using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>The baseline "Entropy-Adv": GRPO whose uncertain tokens get more credit.</summary>
/// <remarks>
/// Source: Cheng et al., arXiv:2506.14758; see <see cref="EntropyCredit"/>.
/// Symbols: A advantage of a response in its group, r = pi / pi_old, H entropy of a token's distribution, alpha_e and kappa size and bound of the bonus.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class EntropyAdvantage(EntropyAdvantageConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
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
        var rows = TokenRow.Of(groups, (rewards, advantages) => GroupScores.Standardize(rewards, advantages), Steps);

        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.TokenMean).Minibatches(batch.Minibatches, ref _shuffle))
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
        }
        Diagnostics = [.. GroupFigures.Of(groups, Steps++).Named, .. _figures.Take()];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => LearnerState.Save(writer, Steps, model, _optimizer, problems, _shuffle);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => Steps = LearnerState.Load(ref reader, model, _optimizer, problems, ref _shuffle);

    private Tensor Loss(TokenBatch batch)                                                 // A + min(alpha_e H, |A| / kappa) in the place of A
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var (logRatio, entropy) = (batch.LogRatio(pi), pi.Entropy);
        _figures.Add(logRatio, entropy, config.Clip.LowerRadius, config.Clip.UpperRadius);
        return batch.Aggregate(config.Clip.Terms(logRatio, EntropyCredit.Add(batch.Advantages, entropy, (float)config.Scale, (float)config.Divisor)));
    }
}
