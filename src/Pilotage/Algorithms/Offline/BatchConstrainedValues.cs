using Pilotage.Credit;
using Pilotage.Experience.Datasets;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>BCQ: double Q-learning that neither plays nor bootstraps from actions that the data hardly ever show.</summary>
/// <remarks>
/// Source: Fujimoto et al., arXiv:1910.01708, eq. 8 and 9 (discrete actions). Symbols: g imitation of the data, tau threshold, theta- target weights.
/// a* = argmax of Q(s', a') over a' with g(a'|s') / max g > tau; y = r + d Q(s', a*; theta-); loss: Huber(Q(s, a) - y) - mean log g(a|s) + 0.01 mean(logits of g squared).
/// Acts by the same rule as a*. Q and g share no layer, as in the code of arXiv:2111.04714.
/// </remarks>
public sealed class BatchConstrainedValues : IOfflineObjective
{
    private readonly BatchConstrainedPolicy _policy;
    private readonly BatchConstrainedPolicy _target;                                     // of which only the values are used
    private readonly float _logitWeight;
    private readonly float[] _next;                                                      // Q(s', .; theta-), [M, A]
    private readonly bool[] _allowed;                                                    // [M, A]
    private readonly int[] _best;                                                        // a*, [M]
    private readonly float[] _targets;                                                   // y, [M]

    /// <summary>Makes the networks.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="dataset">What is learned from.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="device">Where the networks are computed.</param>
    public BatchConstrainedValues(OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device)
    {
        _policy = new(dataset.Spec, config.Hidden, config.Activation, (float)config.AllowedShare, ref random, device, OfflineNetworks.Initial);
        _target = new(dataset.Spec, config.Hidden, config.Activation, (float)config.AllowedShare, ref random, device, OfflineNetworks.Initial);
        _target.Parameters.BlendFrom(_policy.Parameters, 1);
        _logitWeight = (float)config.LogitWeight;
        var cells = config.BatchSize * _policy.Values.ActionCount;
        (_next, _allowed, _best, _targets) = (new float[cells], new bool[cells], new int[config.BatchSize], new float[config.BatchSize]);
    }

    /// <inheritdoc/>
    public Parameters Parameters => _policy.Parameters;

    /// <inheritdoc/>
    public Parameters? Target => _target.Parameters;

    /// <inheritdoc/>
    public IPortablePolicy Policy => _policy;

    /// <inheritdoc/>
    public bool NeedsNextAction => false;

    /// <inheritdoc/>
    public void Prepare(OfflineBatch batch, ref Randomness random)
    {
        _policy.Choose(batch.NextObservations, batch.NextLegal, _allowed, _best);
        _target.Values.Values(batch.NextObservations, _next);
        NextActionTargets.Compute(batch.Rewards, batch.Discounts, _next, _best, _targets);
    }

    /// <inheritdoc/>
    public Tensor Loss(OfflineBatch batch)
    {
        var (observations, actions) = (batch.ObservationTensor(), batch.ActionTensor());
        var logits = _policy.Behaviour.Logits(observations);
        return ValueLoss.Huber(_policy.Values.Forward(observations).Gather(actions), Tensor.From(_targets, batch.Size))
             + CrossEntropy.Mean(logits, actions, batch.LegalTensor())
             + _logitWeight * logits.Square().Mean();
    }
}
