using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>GRPO on a reward that may depend on the length: what HBPO is compared with. No budget is told; all else is as in <see cref="Hbpo"/>.</summary>
/// <remarks>arXiv:2402.03300 with the clip radii of arXiv:2503.14476. A = (R - mean) / (std + 1e-6).</remarks>
/// <param name="reward">What a correct answer is worth.</param>
/// <param name="config">Of the method that it is compared with: batch, lengths, scale and radii.</param>
/// <param name="model">What learns.</param>
/// <param name="sampler">Draws from the model.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
internal sealed class LengthGrpo(LengthReward reward, HbpoConfig config, LanguageModel model, BudgetSampler sampler, ProblemStream problems, SeedTree seeds) : IBudgetLearner
{
    private readonly BudgetReward _lengths = new(config.MaximumTokens, config.RewardScale);
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
    public IReadOnlyList<SubgroupFigures> Subgroups { get; private set; } = [];

    /// <inheritdoc/>
    public void Iterate(CancellationToken cancellation = default)
    {
        var batch = config.Batch;
        var groups = sampler.Sample(problems.Take(batch.Prompts), null, batch.GroupSize, seeds.Actions.Branch((int)Steps), Steps, cancellation);
        ResponseGroup[] rewarded = [.. groups.Select(group => group with { Responses = [.. group.Responses.Select(response => response with { Reward = Reward(response) })] })];
        var rows = TokenRow.Of(rewarded, (rewards, advantages) => GroupScores.Standardize(rewards, advantages), Steps);

        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.TokenMean).Minibatches(batch.Minibatches, ref _shuffle))
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
        }
        Subgroups = SubgroupFigures.Of(groups, [.. rewarded.Select(group => group.Rewards)]);
        Diagnostics = [.. GroupFigures.Of(groups, Steps++).Named, new("length_deviation", SubgroupFigures.LengthDeviation(groups)), .. _figures.Take()];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => LearnerState.Save(writer, Steps, model, _optimizer, problems, _shuffle);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => Steps = LearnerState.Load(ref reader, model, _optimizer, problems, ref _shuffle);

    private Tensor Loss(TokenBatch batch)
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi);
        var (lower, upper) = ((float)config.LowerRadius, (float)config.UpperRadius);
        _figures.Add(logRatio, pi.Entropy, lower, upper);
        return batch.Aggregate(Surrogate.ClippedTerms(logRatio, batch.Advantages, lower, upper));
    }

    private float Reward(GroupResponse response)
    {
        if (response.Reward <= 0 || response.Reason == FinishReason.Length) return 0;
        return (float)(reward switch { LengthReward.Classic => 1, LengthReward.Cosine => _lengths.Cosine(response.Tokens.Length), _ => 1 - response.Tokens.Length / (double)config.MaximumTokens });
    }
}
