using System.Buffers;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Rec;

/// <summary>Group-relative REINFORCE on answers from any policy: masked, weighted and regularised steps.</summary>
/// <remarks>
/// Source: arXiv:2509.24203, the REC loop; loss and options as in its released code.
/// Symbols: x prompt, K answers y to it, r reward, A advantage, pi_b the policy that drew, M mask, w weight, c weight of the regulariser.
/// Differs from the paper: nothing known; all members of the family share this loop.
/// </remarks>
/// <param name="config">Valid settings of the member.</param>
/// <param name="batch">How a step is descended.</param>
/// <param name="model">What learns.</param>
/// <param name="source">Answers of each step, of any age.</param>
/// <param name="temperature">That of the sampling.</param>
/// <param name="seeds">The run's seed tree.</param>
internal sealed class Rec(RecObjectiveConfig config, GroupBatchConfig batch, LanguageModel model, IGroupSource source, float temperature, SeedTree seeds) : ILanguageLearner
{
    private readonly Adam _optimizer = new(model.Parameters, batch.LearningRate);
    private readonly RecObjective _objective = new(config);
    private readonly RecCredit _credit = new(config);
    private readonly TokenFigures _figures = new();
    private Randomness _shuffle = seeds.Shuffle.Start();
    private Randomness _drop = seeds.Branch("drop").Start();

    /// <inheritdoc/>
    public LanguageModel Model => model;

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <summary>How ratios were spread over training, inside the mask and outside.</summary>
    public RatioHistogram Ratios { get; } = new();

    /// <inheritdoc/>
    public void Iterate(CancellationToken cancellation = default)
    {
        var groups = source.Draw(Steps, cancellation);                                    // K answers to each x from pi_b, log pi_b stored
        var rows = _credit.Rows(groups, Steps, ref _drop);                                // A = r - mean r, of the kept
        var aggregation = config.Mask == ClipMask.AnswerOneSide ? Aggregation.ResponseMean : Aggregation.TokenMean;
        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, aggregation).Minibatches(batch.Minibatches, ref _shuffle))
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
        source.Save(writer);
        _shuffle.Save(writer);
        _drop.Save(writer);
        Ratios.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(model.Parameters.Values);
        _optimizer.Load(ref reader);
        source.Load(ref reader);
        _shuffle.Load(ref reader);
        _drop.Load(ref reader);
        Ratios.Load(ref reader);
    }

    internal Tensor Loss(TokenBatch part)                                                 // mean of -w A log pi M + reg
    {
        var pi = model.Forward(part.Sequences, temperature);
        if (part.Rows.All(row => row.LogProbabilities.Length == row.Response.Length))     // logged answers may have none
        {
            var logRatio = part.LogRatio(pi);
            _figures.Add(logRatio, pi.Entropy, config.LowerRadius, config.UpperRadius);
            var ratio = logRatio.Detach().Exp();
            Ratios.Add(ratio, _objective.Mask(part.Advantages, ratio));
        }
        return _objective.Loss(part, pi);
    }
}
