using Pilotage.Credit;
using Pilotage.Experience.Datasets;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>BVE: values what was done as if the same would be done after it, then takes the best action once.</summary>
/// <remarks>
/// Source: Gulcehre et al., arXiv:2103.09575, section 3 (behaviour value estimation): SARSA on fixed data, without a target network. Symbols: a' the action that was done next, d discount or 0 behind a
/// termination. y = r + d Q(s', a'); loss: Huber. Acts greedily. A step at which the data were cut off has no a' and is left out; the code of arXiv:2111.04714 takes such a step for a
/// termination.
/// </remarks>
public sealed class BehaviourValues : IOfflineObjective
{
    private readonly QNetwork _values;
    private readonly float[] _next;                                                      // Q(s', .), [M, A]
    private readonly float[] _targets;                                                   // y, [M]

    /// <summary>Makes the network.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="dataset">What is learned from.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="device">Where the network is computed.</param>
    public BehaviourValues(OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device)
    {
        _values = OfflineNetworks.Values(config, dataset, ref random, device);
        (_next, _targets) = (new float[config.BatchSize * _values.ActionCount], new float[config.BatchSize]);
    }

    /// <inheritdoc/>
    public Parameters Parameters => _values.Parameters;

    /// <inheritdoc/>
    public Parameters? Target => null;

    /// <inheritdoc/>
    public IPortablePolicy Policy => _values;

    /// <inheritdoc/>
    public bool NeedsNextAction => true;

    /// <inheritdoc/>
    public void Prepare(OfflineBatch batch, ref Randomness random)
    {
        _values.Values(batch.NextObservations, _next);
        NextActionTargets.Compute(batch.Rewards, batch.Discounts, _next, batch.NextActions, _targets);
    }

    /// <inheritdoc/>
    public Tensor Loss(OfflineBatch batch) => ValueLoss.Huber(_values.Forward(batch.ObservationTensor()).Gather(batch.ActionTensor()), Tensor.From(_targets, batch.Size));
}
