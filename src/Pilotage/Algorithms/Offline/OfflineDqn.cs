using Pilotage.Experience.Datasets;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>DQN: double Q-learning on data that do not grow.</summary>
/// <remarks>
/// Source: arXiv:1509.06461, eq. 4; on fixed data arXiv:1907.04543. Symbols: theta weights, theta- target weights, d discount or 0 behind a termination.
/// y = r + d Q(s', argmax over legal a' of Q(s', a'; theta); theta-); loss: Huber. Acts greedily.
/// </remarks>
public sealed class OfflineDqn : IOfflineObjective
{
    private readonly QNetwork _values;                                                   // theta
    private readonly QNetwork _target;                                                   // theta-
    private readonly DoubleEstimate _estimate;                                           // y

    /// <summary>Makes the networks.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="dataset">What is learned from.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="device">Where the networks are computed.</param>
    public OfflineDqn(OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device)
    {
        _values = OfflineNetworks.Values(config, dataset, ref random, device);
        _target = OfflineNetworks.Copy(_values);
        _estimate = new(_values, _target, config.BatchSize);
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
    public Tensor Loss(OfflineBatch batch) => ValueLoss.Huber(_values.Forward(batch.ObservationTensor()).Gather(batch.ActionTensor()), _estimate.Targets());
}
