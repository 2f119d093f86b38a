using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.LpReg;

/// <summary>Low-probability regularisation: GRPO that holds rare but plausible tokens up to a distribution without noise, where a negative advantage would push them to zero.</summary>
/// <remarks>
/// Source: arXiv:2510.03222, eqs. 1-6; github.com/CarlanLark/Lp-Reg-dev (core_algos, dp_actor).
/// Symbols: pi_old policy that drew, pi policy that learns, A advantage of the answer, r ratio, kappa threshold, rho share, beta weight, U highest ratio, I gate.
/// Differs from the paper: the quantile of the paper's form is over one update's step where the token budget cuts an update into several.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="batch">What is drawn and how it is descended. More than one update a step: the policy moves away from the one that drew.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
internal sealed class LpReg(LpRegConfig config, GroupBatchConfig batch, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
{
    private readonly Adam _optimizer = new(model.Parameters, batch.LearningRate);
    private readonly TokenFigures _figures = new();
    private readonly ProxyTable _proxies = new(config.Filter, config.Kappa);
    private readonly ReferencePolicy? _old = batch is { Minibatches: 1, Epochs: 1 } ? null : new(model);   // with one update a step the policy is the one that drew
    private Randomness _shuffle = seeds.Shuffle.Start();
    private long _tokens, _protected, _idle;

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
        var rows = TokenRow.Of(groups, (rewards, advantages) => GroupScores.Standardize(rewards, advantages), Steps);     // eq. 2
        _old?.CopyFrom(model);
        (_tokens, _protected, _idle) = (0, 0, 0);
        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.TokenMean).Minibatches(batch.Minibatches, ref _shuffle))
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
        }
        Diagnostics = [.. GroupFigures.Of(groups, Steps++).Named, .. _figures.Take(), new("protected_share", (double)_protected / Math.Max(1, _tokens)), new("updates_without_protection", _idle)];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => LearnerState.Save(writer, Steps, model, _optimizer, problems, _shuffle);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => Steps = LearnerState.Load(ref reader, model, _optimizer, problems, ref _shuffle);

    private Tensor Loss(TokenBatch part)                                                  // eq. 6, with the sign of a loss
    {
        var pi = model.Forward(part.Sequences, sampler.Sampling.Temperature);
        var old = _old is null ? pi : _old.Model.Forward(part.Sequences, sampler.Sampling.Temperature);
        var logRatio = part.LogRatio(pi);
        _figures.Add(logRatio, pi.Entropy, 1, config.HighestRatio - 1);

        _proxies.Make(old.LogPi, part.Sequences.Chosen);                                 // eq. 5
        var gate = Gate(part, pi);                                                       // I
        var policy = config.Form == LpRegForm.Repo
            ? Surrogate.ClippedTerms(logRatio, part.Advantages, 1, (float)config.HighestRatio - 1)
            : -(logRatio.Exp().Clamp(0, (float)config.HighestRatio) * part.Advantages);
        return part.Aggregate(policy + (float)config.Weight * gate * Divergence(pi));
    }

    private Tensor Gate(TokenBatch part, TokenDistributions pi)
    {
        var actions = part.Sequences.Actions;
        float[] logProbabilities = new float[actions], advantages = new float[actions], gate = new float[actions];
        pi.LogProbability.CopyTo(logProbabilities);
        part.Advantages.CopyTo(advantages);
        var isActive = config.Form == LpRegForm.Repo
            ? ProtectedTokens.Repo(logProbabilities, _proxies.LogChosen, advantages, config.Share, gate)
            : ProtectedTokens.Paper(logProbabilities, _proxies.LogChosen, advantages, config.Share, gate);
        if (!isActive) _idle++;
        _tokens += actions;
        foreach (var value in gate) _protected += (long)value;
        return Tensor.From(gate, actions);
    }

    private Tensor Divergence(TokenDistributions pi) => config.Divergence switch
    {
        LpRegDivergence.Forward => ProxyDivergence.Forward(pi.LogPi, _proxies.Probabilities, _proxies.NegativeEntropy),
        LpRegDivergence.Reverse => ProxyDivergence.Reverse(pi.Logits, _proxies.Kept, _proxies.LogProbabilities),
        _ => ProxyDivergence.K3(pi.LogProbability, _proxies.LogChosenOr(pi.LogProbability), (float)config.HighestDivergence),
    };
}
