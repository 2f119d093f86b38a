using System.Buffers;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Language.Algorithms;

/// <summary>REINFORCE: the likelihood-ratio gradient with the mean of all rewards so far as baseline, the whole answer as one action.</summary>
/// <remarks>
/// Source: Williams, Machine Learning 8 (1992); for language models arXiv:2402.14740, section 3.1, with its moving-average baseline.
/// Symbols: x problem, y answer, R reward, b baseline, pi policy.
/// Differs from the paper: several answers to each problem, as all methods here draw them; they share no baseline.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class Reinforce(ReinforceConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
{
    private readonly Adam _optimizer = new(model.Parameters, config.Batch.LearningRate);
    private readonly TokenFigures _figures = new();
    private double _rewards;                                                              // sum over answers of earlier steps
    private long _answers;
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
        var baseline = _answers == 0 ? groups.Average(group => group.Rewards.Average()) : _rewards / _answers;                                                      // b: no step's own answers, but for the first
        var rows = TokenRow.Of(groups, (rewards, advantages) => Subtract(rewards, baseline, advantages), Steps);
        _rewards += groups.Sum(group => group.Responses.Sum(response => (double)response.Reward));
        _answers += groups.Sum(group => group.Responses.Count);

        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.ConstantLength).Minibatches(batch.Minibatches, ref _shuffle))
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
        writer.Write(BitConverter.DoubleToInt64Bits(_rewards));
        writer.Write(_answers);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(model.Parameters.Values);
        _optimizer.Load(ref reader);
        problems.Load(ref reader);
        _shuffle.Load(ref reader);
        _rewards = BitConverter.Int64BitsToDouble(reader.ReadLong());
        _answers = reader.ReadLong();
    }

    internal Tensor Loss(TokenBatch batch)                                                 // -mean over answers of (R - b) log pi(y | x)
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        _figures.Add(batch.LogRatio(pi), pi.Entropy, 0.2, 0.2);
        return batch.Aggregate(-(pi.LogProbability * batch.Advantages));
    }

    private static void Subtract(ReadOnlySpan<float> rewards, double baseline, Span<float> advantages)
    {
        for (var i = 0; i < rewards.Length; i++) advantages[i] = (float)(rewards[i] - baseline);
    }
}
