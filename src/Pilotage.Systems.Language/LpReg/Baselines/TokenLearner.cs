using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.LpReg.Baselines;

/// <summary>Group-relative learning with any loss on tokens: the loop of <see cref="LpReg"/> without its regularisation.</summary>
/// <param name="batch">What is drawn and how it is descended.</param>
/// <param name="loss">The loss of an update.</param>
/// <param name="model">What learns.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
internal sealed class TokenLearner(GroupBatchConfig batch, TokenLoss loss, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
{
    private const double Radius = 0.2;                    // of the figures alone: how many ratios lie outside it
    private readonly Adam _optimizer = new(model.Parameters, batch.LearningRate);
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

    private Tensor Loss(TokenBatch part)
    {
        var pi = model.Forward(part.Sequences, sampler.Sampling.Temperature);
        var logRatio = part.LogRatio(pi);
        _figures.Add(logRatio, pi.Entropy, Radius, Radius);
        return loss(part, pi, logRatio);
    }
}
