using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Baselines;

/// <summary>Group-relative learning with any loss of a token, from fresh answers and from stored ones: the baselines that methods for stale samples are compared with.</summary>
/// <remarks>Rewards are standardised within their group; the loss is the mean over tokens; a stored answer keeps the log-probabilities of the policy that drew it.</remarks>
/// <param name="terms">The loss of a token.</param>
/// <param name="batch">What is drawn and how it is descended.</param>
/// <param name="replay">What is learned from again.</param>
/// <param name="model">What learns.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
internal sealed class GroupReplay(TokenTerms terms, GroupBatchConfig batch, ReplayConfig replay, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
{
    private const double CountedRadius = 0.2;             // of the share of ratios that a clip of the usual radius would hold
    private readonly Adam _optimizer = new(model.Parameters, batch.LearningRate);
    private readonly GroupStore _store = new(replay.Capacity * batch.Prompts);
    private readonly TokenFigures _figures = new();
    private Randomness _shuffle = seeds.Shuffle.Start();

    /// <inheritdoc/>
    public LanguageModel Model => model;

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <summary>One side of the clip as a mask on log pi, without a weight for the ratio (REC-OneSide-NoIS of arXiv:2509.24203).</summary>
    /// <param name="radius">epsilon.</param>
    public static TokenTerms OneSided(float radius) => (logRatio, logProbabilities, advantages) =>
    {
        var (zero, ratio) = (Tensor.Filled(0), logRatio.Detach().Exp());
        var stays = !(advantages.IsGreater(zero) & ratio.IsGreater(Tensor.Filled(1 + radius))) & !(advantages.IsLess(zero) & ratio.IsLess(Tensor.Filled(1 - radius)));
        return Tensor.Where(stays, -(logProbabilities * advantages), zero);
    };

    /// <summary>Importance weighting of the tokens within a radius; those beyond it are stale and thrown away.</summary>
    /// <param name="radius">epsilon.</param>
    public static TokenTerms Discarding(float radius) => (logRatio, _, advantages) =>
    {
        var ratio = logRatio.Exp();
        return Tensor.Where((ratio.Detach() - 1f).Abs().IsGreater(Tensor.Filled(radius)), Tensor.Filled(0), -(ratio * advantages));
    };

    /// <summary>The clipped surrogate.</summary>
    /// <param name="lower">Radius below 1.</param>
    /// <param name="upper">Radius above 1.</param>
    public static TokenTerms Clipped(float lower, float upper) => (logRatio, _, advantages) => Surrogate.ClippedTerms(logRatio, advantages, lower, upper);

    /// <inheritdoc/>
    public void Iterate(CancellationToken cancellation = default)
    {
        var fresh = sampler.Sample(problems.Take(batch.Prompts), batch.GroupSize, seeds.Actions.Branch((int)Steps), Steps, cancellation);
        var groups = _store.Mix(fresh, replay.Share, Steps, replay.MaximumAge, ref _shuffle);
        var rows = TokenRow.Of(groups, (rewards, advantages) => GroupScores.Standardize(rewards, advantages), Steps);
        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows).Minibatches(batch.Minibatches, ref _shuffle))
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
        }
        if (replay.Share > 0) _store.Add(fresh);
        Diagnostics = [.. GroupFigures.Of(groups, Steps++).Named, .. _figures.Take()];
    }

    private Tensor Loss(TokenBatch part)
    {
        var pi = model.Forward(part.Sequences, sampler.Sampling.Temperature);
        var logRatio = part.LogRatio(pi);
        _figures.Add(logRatio, pi.Entropy, CountedRadius, CountedRadius);
        return part.Aggregate(terms(logRatio, pi.LogProbability, part.Advantages));
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(model.Parameters.Values);
        _optimizer.Save(writer);
        _store.Save(writer);
        problems.Save(writer);
        _shuffle.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(model.Parameters.Values);
        _optimizer.Load(ref reader);
        _store.Load(ref reader);
        problems.Load(ref reader);
        _shuffle.Load(ref reader);
    }
}
