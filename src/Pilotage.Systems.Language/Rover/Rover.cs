using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Rover;

/// <summary>Random policy valuation for sequences: log-ratios regressed on the centred reward plus the value that uniform random tokens have in the next state. No critic, no reference, no clip.</summary>
/// <remarks>
/// Source: arXiv:2509.24981, Algorithm 1, and the released code's token mean over the batch. Symbols: n answers y_i drawn by pi_old, r~ = r - mean r without a deviation, broadcast to every token;
/// Q = rho (log pi - log pi_old); Qbar the mean of Q over all tokens of the vocabulary in the next state, 0 behind the last token, ended or cut; beta its weight.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class Rover(RoverLearnerConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
{
    private readonly Adam _optimizer = new(model.Parameters, config.Batch.LearningRate);
    private readonly TokenFigures _figures = new();
    private readonly Dictionary<TokenRow, float[]> _oldMeans = new(ReferenceEqualityComparer.Instance);   // mean over the vocabulary of log pi_old, by answer
    private Randomness _shuffle = seeds.Shuffle.Start();
    private double _successor, _tokens;

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
        var groups = sampler.Sample(problems.Take(batch.Prompts), batch.GroupSize, seeds.Actions.Branch((int)Steps), Steps, cancellation);   // y_i ~ pi_old
        var rows = TokenRow.Of(groups, GroupScores.Centre, Steps);                                     // r~_i = r_i - mean r, on every token
        KeepOldMeans(rows);                                                                            // pi_old <- pi

        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows).Minibatches(batch.Minibatches, ref _shuffle))
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
        }
        Diagnostics = [.. GroupFigures.Of(groups, Steps++).Named, .. _figures.Take(), new("successor_value", _successor / Math.Max(1, _tokens))];
        (_successor, _tokens) = (0, 0);
    }

    private Tensor Loss(TokenBatch batch)
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi);                                                             // Q / rho of the tokens taken
        var change = RandomPolicyValuation.MeanLogProbability(pi.Logits) - Old(batch);                 // Qbar / rho of the state that each token was chosen in
        var successor = RandomPolicyValuation.AtNext(change, batch.Sequences.RowOf);                   // ... of the next one
        _figures.Add(logRatio, pi.Entropy, 0.2, 0.2);
        _successor += config.Temperature * successor.Sum().Item();
        _tokens += batch.Sequences.Actions;
        var (rho, beta) = ((float)config.Temperature, (float)config.SuccessorWeight);
        return batch.Aggregate(config.ClipRadius == 0
            ? RandomPolicyValuation.SquaredResidual(logRatio, batch.Advantages, successor, rho, beta)
            : RandomPolicyValuation.ClippedResidual(logRatio, batch.Advantages, successor, rho, beta, (float)config.ClipRadius));
    }

    // Only the means are kept, not the tables that they are means of.
    private void KeepOldMeans(IReadOnlyList<TokenRow> rows)
    {
        _oldMeans.Clear();
        foreach (var part in new TokenBatch(rows).Parts(config.Batch.TokenBudget))
        {
            using var step = Step.Begin(model.Parameters.Device, Gradient.None);
            var flat = new float[part.Sequences.Actions];
            RandomPolicyValuation.MeanLogProbability(model.Forward(part.Sequences, sampler.Sampling.Temperature).Logits).CopyTo(flat);
            for (var row = 0; row < part.Rows.Count; row++) _oldMeans[part.Rows[row]] = flat[part.Sequences.ActionsOf(row)];
        }
    }

    private Tensor Old(TokenBatch batch) => Tensor.From([.. batch.Rows.SelectMany(row => _oldMeans.GetValueOrDefault(row, []))], batch.Sequences.Actions);

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => LearnerState.Save(writer, Steps, model, _optimizer, problems, _shuffle);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => Steps = LearnerState.Load(ref reader, model, _optimizer, problems, ref _shuffle);
}
