using Pilotage.Credit;
using Pilotage.Experience.Datasets;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>QR-DQN: quantiles of each action's return instead of its mean.</summary>
/// <remarks>
/// Source: Dabney et al., arXiv:1710.10044, Algorithm 1; on fixed data arXiv:1907.04543. Symbols: theta(s, a) the N quantiles, theta- the target network's, a* the best next action by the online
/// network's means. T theta = r + d theta-(s', a*); loss: sum over i of the mean over j of |tau_i - 1[u &lt; 0]| Huber(u). Acts greedily by the means. As in the code of arXiv:2111.04714 and
/// not in the source, tau_i = i/N, the upper ends of N equal shares: the last quantile has no upper limit but what its targets allow.
/// </remarks>
public sealed class OfflineQuantiles : IOfflineObjective
{
    private readonly QNetwork _quantiles;
    private readonly QNetwork _target;
    private readonly float[] _choosing;                                                  // means of the online network, [M, A]
    private readonly float[] _valued;                                                    // theta-, [M, A, N]
    private readonly int[] _best;                                                        // a*, [M]
    private readonly float[] _targets;                                                   // T theta, [M, N]
    private readonly int[] _repeated;                                                    // a, once for each quantile, [M, N]

    /// <summary>Makes the networks.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="dataset">What is learned from.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="device">Where the networks are computed.</param>
    public OfflineQuantiles(OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device)
    {
        _quantiles = OfflineNetworks.Values(config, dataset, ref random, device, config.Quantiles);
        _target = OfflineNetworks.Copy(_quantiles);
        var (size, count) = (config.BatchSize, _quantiles.ActionCount);
        (_choosing, _valued, _best) = (new float[size * count], new float[size * count * config.Quantiles], new int[size]);
        (_targets, _repeated) = (new float[size * config.Quantiles], new int[size * config.Quantiles]);
    }

    /// <inheritdoc/>
    public Parameters Parameters => _quantiles.Parameters;

    /// <inheritdoc/>
    public Parameters? Target => _target.Parameters;

    /// <inheritdoc/>
    public IPortablePolicy Policy => _quantiles;

    /// <inheritdoc/>
    public bool NeedsNextAction => false;

    /// <inheritdoc/>
    public void Prepare(OfflineBatch batch, ref Randomness random)
    {
        _quantiles.Values(batch.NextObservations, _choosing);
        OfflineNetworks.Best(_choosing, batch.NextLegal, _best);
        using (Step.Begin(_target.Parameters.Device, Gradient.None))
            _target.ForwardQuantiles(Tensor.From(batch.NextObservations, batch.Size, _target.Spec.ObservationSize)).CopyTo(_valued);
        NextActionTargets.Compute(batch.Rewards, batch.Discounts, _valued, _best, _targets);
        for (var i = 0; i < batch.Size; i++) _repeated.AsSpan(i * _quantiles.Quantiles, _quantiles.Quantiles).Fill(batch.Actions[i]);
    }

    /// <inheritdoc/>
    public Tensor Loss(OfflineBatch batch)
    {
        var count = _quantiles.Quantiles;
        var chosen = _quantiles.ForwardQuantiles(batch.ObservationTensor()).Gather(Indices.From(_repeated, batch.Size, count), axis: 1);   // [M, N]
        return QuantileLoss.HuberAt(QuantileLoss.UpperEnds(count), chosen, Tensor.From(_targets, batch.Size, count)).Mean();
    }
}
