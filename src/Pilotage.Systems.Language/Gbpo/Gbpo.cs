using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Gbpo;

/// <summary>Group bounded policy optimisation: each token's probability moves to an end of a band around the old one, up or down by its answer's reward around the group's median.</summary>
/// <remarks>
/// Source: Bounded Ratio Reinforcement Learning, arXiv:2604.18578, the form for groups; order and constants of the authors' released code.
/// Symbols: r_i reward of an answer, A_i its standardised advantage, s_i its distance from the median over deviation and lambda, epsilon_l and epsilon_h radii of the band,
/// rho = pi / pi_old at a token, beta weight of the divergence from the reference.
/// Differs from the paper: entropy bonus and reference are off unless asked for; rewards are a verifier's, not a vote's.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class Gbpo(GbpoConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
{
    private const float LargestLogRatio = 20;            // the released code's
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
        var rows = TokenRow.Of(groups, (rewards, advantages) => GroupScores.Standardize(rewards, advantages), Steps);      // A_i = (r_i - mean) / (std + 1e-6)
        rows = Aimed(groups, rows);                                                                                         // 1 - eps_l + (eps_l + eps_h) sigmoid(s_i)

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

    private Tensor Loss(TokenBatch batch)                                                 // mean over tokens of |rho - target| |A|
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi).Clamp(-LargestLogRatio, LargestLogRatio);
        _figures.Add(logRatio, pi.Entropy, config.LowerRadius, config.UpperRadius);
        var loss = config.Loss switch
        {
            GbpoLoss.Atv => BoundedRatio.WeightedVariation(logRatio.Exp(), batch.Targets, batch.Advantages),
            GbpoLoss.Tv => BoundedRatio.Variation(logRatio.Exp(), batch.Targets),
            _ => BoundedRatio.Divergence(logRatio, batch.Targets),
        };
        if (config.EntropyWeight > 0) loss -= (float)config.EntropyWeight * pi.Entropy;
        if (_reference is not null)
        {
            var toReference = Tensor.From(_reference.LogProbabilities(batch.Sequences, sampler.Sampling.Temperature), batch.Sequences.Actions) - pi.LogProbability;
            loss += (float)config.ReferenceWeight * (toReference.Exp() - toReference - 1f);
        }
        return batch.Aggregate(loss);
    }

    // Each token's target ratio. Who has the median reward is to stay at exactly 1; the majority of a group of right and wrong does.
    private IReadOnlyList<TokenRow> Aimed(IReadOnlyList<ResponseGroup> groups, IReadOnlyList<TokenRow> rows)
    {
        var scores = new float[rows.Count];
        var first = 0;
        foreach (var group in groups)
        {
            var own = scores.AsSpan(first, group.Responses.Count);
            if (config.UseMedian) GroupScores.AroundMedian(group.Rewards, config.Temperature, own);
            else
            {
                GroupScores.Standardize(group.Rewards, own);
                foreach (ref var score in own) score = (float)(score / config.Temperature);
            }
            first += own.Length;
        }
        var targets = new float[rows.Count];
        using (Step.Begin(gradient: Gradient.None)) BoundedRatio.Target(Tensor.From(scores, scores.Length), (float)config.LowerRadius, (float)config.UpperRadius).CopyTo(targets);
        return [.. rows.Select((row, i) => row with { Targets = [.. Enumerable.Repeat(targets[i], row.Response.Length)] })];
    }
}
