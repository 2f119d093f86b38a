using Pilotage.Experience.Datasets;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>CQL: double Q-learning that believes in no action more than the data do.</summary>
/// <remarks>
/// Source: Kumar et al., arXiv:2006.04779, eq. 4. Symbols: y as in <see cref="OfflineDqn"/>, alpha weight of the penalty.
/// Loss: Huber(Q(s, a) - y) + alpha mean(log sum over legal b of exp Q(s, b) - Q(s, a)). Acts greedily.
/// </remarks>
public sealed class ConservativeValues : IOfflineObjective
{
    private readonly QNetwork _values;
    private readonly QNetwork _target;
    private readonly DoubleEstimate _estimate;
    private readonly float _weight;                                                      // alpha

    /// <summary>Makes the networks.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="dataset">What is learned from.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="device">Where the networks are computed.</param>
    public ConservativeValues(OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device)
    {
        _values = OfflineNetworks.Values(config, dataset, ref random, device);
        _target = OfflineNetworks.Copy(_values);
        _estimate = new(_values, _target, config.BatchSize);
        _weight = (float)config.PenaltyWeight;
    }

    /// <inheritdoc/>
    public Parameters Parameters => _values.Parameters;

    /// <inheritdoc/>
    public Parameters? Target => _target.Parameters;

    /// <inheritdoc/>
    public IPortablePolicy Policy => _values;

    /// <inheritdoc/>
    public bool NeedsNextAction => false;

    /// <inheritdoc/>
    public void Prepare(OfflineBatch batch, ref Randomness random) => _estimate.Prepare(batch);

    /// <inheritdoc/>
    public Tensor Loss(OfflineBatch batch)
    {
        var values = _values.Forward(batch.ObservationTensor());                          // [M, A]
        return ValueLoss.Huber(values.Gather(batch.ActionTensor()), _estimate.Targets()) + _weight * CrossEntropy.Mean(values, batch.ActionTensor(), batch.LegalTensor());
    }
}
