using System.Buffers;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>Hierarchical budget policy optimisation: answers to a problem are drawn in subgroups that are told different budgets, so that short and long ones both stay in sight.</summary>
/// <remarks>
/// Source: arXiv:2507.15844, Algorithm 1.
/// Symbols: q problem, n answers in k subgroups G_i, b_i budget, R(n | b) reward, mu_i mean reward of a subgroup, A advantage, epsilon_low and epsilon_high clip radii.
/// Differs from the paper: a group without a correct answer is left out unless it is asked for, since its first term would lower whatever was said.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns.</param>
/// <param name="sampler">Draws from the model under budgets.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
internal sealed class Hbpo(HbpoConfig config, LanguageModel model, BudgetSampler sampler, ProblemStream problems, SeedTree seeds) : IBudgetLearner
{
    private readonly BudgetReward _reward = new(config.MaximumTokens, config.RewardScale, config.DeviationWeight, config.Reward);
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
        var groups = sampler.Sample(problems.Take(batch.Prompts), config.Budgets, batch.GroupSize, seeds.Actions.Branch((int)Steps), Steps, cancellation);   // n/k answers under each b_i
        var rewards = groups.Select(Rewards).ToArray();                                      // R(n | b), eq. 1-3
        var rows = Rows(groups, rewards);                                                    // A = intra + inter

        for (var epoch = 0; epoch < batch.Epochs && rows.Count > 0; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.TokenMean).Minibatches(batch.Minibatches, ref _shuffle))
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
        }
        Subgroups = SubgroupFigures.Of(groups, rewards);
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

    private float[] Rewards(ResponseGroup group)
    {
        var size = group.Responses.Count / config.Budgets.Count;
        return [.. group.Responses.Select((response, i) => (float)_reward.Of(response.Reward > 0, response.Reason != FinishReason.Length, response.Tokens.Length, config.Budgets[i / size]))];
    }

    private List<TokenRow> Rows(IReadOnlyList<ResponseGroup> groups, float[][] rewards)
    {
        double[] within = [.. config.Budgets.Select(_reward.Within)];
        var rows = new List<TokenRow>();
        for (var number = 0; number < groups.Count; number++)
        {
            if (!config.KeepFailedGroups && groups[number].Responses.All(response => response.Reward <= 0)) continue;
            var advantages = new float[rewards[number].Length];
            BudgetCredit.Compute(rewards[number], within, config.IntraWeight, advantages);
            for (var i = 0; i < advantages.Length; i++)
            {
                var perToken = new float[groups[number].Responses[i].Tokens.Length];
                Array.Fill(perToken, advantages[i]);
                rows.Add(TokenRow.Of(groups[number], i, perToken, number, Steps));
            }
        }
        return rows;
    }
}
