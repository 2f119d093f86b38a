using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Language.Algorithms;

/// <summary>Decoupled clip and dynamic sampling: GRPO with room to grow for rare tokens, means over tokens, and only groups that say something.</summary>
/// <remarks>
/// Source: arXiv:2503.14476, eq. 8-13, Algorithm 1.
/// Symbols: q problem, G answers o_i to it, R reward, A standardised reward, epsilon_low and epsilon_high clip radii, L_max and L_cache of the length penalty.
/// Differs from the paper: a step that finds too few informative groups in its rounds learns from those it has; one that finds none learns nothing.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class Dapo(DapoConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
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
        var (groups, drawn) = DynamicSampling.Sample(sampler, problems, batch.Prompts, batch.GroupSize, config.Rounds, seeds.Actions.Branch((int)Steps), Steps, cancellation);   // lines 4-8, eq. 11
        if (groups.Count == 0)
        {
            Diagnostics = [new("groups_drawn", drawn), new("level_groups", 1)];
            Steps++;
            return;
        }
        var rows = TokenRow.Of([.. groups.Select(Penalized)], (rewards, advantages) => GroupScores.Standardize(rewards, advantages), Steps);                     // line 9, eq. 9

        for (var epoch = 0; epoch < batch.Epochs; epoch++)                                       // lines 10-11
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.TokenMean).Minibatches(batch.Minibatches, ref _shuffle))
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
        }
        Diagnostics = [new("groups_drawn", drawn), .. GroupFigures.Of(groups, Steps++).Named, .. _figures.Take()];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => LearnerState.Save(writer, Steps, model, _optimizer, problems, _shuffle);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => Steps = LearnerState.Load(ref reader, model, _optimizer, problems, ref _shuffle);

    internal Tensor Loss(TokenBatch batch)                                                 // eq. 8, with the sign of a loss
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi);
        var (lower, upper) = ((float)config.LowerRadius, (float)config.UpperRadius);
        _figures.Add(logRatio, pi.Entropy, lower, upper);
        return batch.Aggregate(Surrogate.ClippedTerms(logRatio, batch.Advantages, lower, upper));
    }

    private ResponseGroup Penalized(ResponseGroup group) => config.OverlongBuffer == 0 ? group : group with
    {
        Responses = [.. group.Responses.Select(response => response with { Reward = response.Reward + LengthPenalty(response.Tokens.Length, config.MaximumResponse, config.OverlongBuffer) })],
    };

    /// <summary>0 up to L_max - L_cache tokens, then falling to -1 at L_max.</summary>
    /// <param name="length">Tokens of the answer.</param>
    /// <param name="maximum">L_max.</param>
    /// <param name="buffer">L_cache, above 0.</param>
    /// <returns>In [-1, 0].</returns>
    /// <remarks>arXiv:2503.14476, eq. 13.</remarks>
    internal static float LengthPenalty(int length, int maximum, int buffer) => Math.Clamp((maximum - buffer - length) / (float)buffer, -1, 0);
}
