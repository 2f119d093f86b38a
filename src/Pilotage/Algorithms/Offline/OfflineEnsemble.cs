using Pilotage.Credit;
using Pilotage.Experience.Datasets;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>REM: an ensemble of values of which every random mixture must satisfy the equation of double Q-learning.</summary>
/// <remarks>
/// Source: Agarwal et al., arXiv:1907.04543, section 5.2. Symbols: Q_k the K heads, alpha a random convex mixture, theta- target weights.
/// y = r + d sum of alpha_k Q_k(s', a*; theta-); loss: Huber(sum of alpha_k Q_k(s, a) - y). Acts greedily by the mean of the heads. As in the code of arXiv:2111.04714 and not in the source, the choice of
/// a*, the target and the prediction are three mixtures, each drawn anew.
/// </remarks>
public sealed class OfflineEnsemble : IOfflineObjective
{
    private readonly QNetwork _heads;
    private readonly QNetwork _target;
    private readonly float[] _weights;                                                   // alpha, [K]
    private readonly float[] _values;                                                    // [M, A]
    private readonly int[] _best;                                                        // a*, [M]
    private readonly float[] _targets;                                                   // y, [M]

    /// <summary>Makes the networks.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="dataset">What is learned from.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="device">Where the networks are computed.</param>
    public OfflineEnsemble(OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device)
    {
        _heads = OfflineNetworks.Values(config, dataset, ref random, device, config.Heads);
        _target = OfflineNetworks.Copy(_heads);
        _weights = new float[config.Heads];
        (_values, _best, _targets) = (new float[config.BatchSize * _heads.ActionCount], new int[config.BatchSize], new float[config.BatchSize]);
    }

    /// <inheritdoc/>
    public Parameters Parameters => _heads.Parameters;

    /// <inheritdoc/>
    public Parameters? Target => _target.Parameters;

    /// <inheritdoc/>
    public IPortablePolicy Policy => _heads;

    /// <inheritdoc/>
    public bool NeedsNextAction => false;

    /// <inheritdoc/>
    public void Prepare(OfflineBatch batch, ref Randomness random)
    {
        MixNext(_heads, batch, ref random);
        OfflineNetworks.Best(_values, batch.NextLegal, _best);
        MixNext(_target, batch, ref random);
        NextActionTargets.Compute(batch.Rewards, batch.Discounts, _values, _best, _targets);
        EnsembleMixture.Draw(_weights, ref random);                                       // of the prediction
    }

    /// <inheritdoc/>
    public Tensor Loss(OfflineBatch batch)
    {
        var mixed = EnsembleMixture.Mix(_heads.ForwardQuantiles(batch.ObservationTensor()), _weights);   // [M, A]
        return ValueLoss.Huber(mixed.Gather(batch.ActionTensor()), Tensor.From(_targets, batch.Size));
    }

    private void MixNext(QNetwork network, OfflineBatch batch, ref Randomness random)
    {
        EnsembleMixture.Draw(_weights, ref random);
        using var step = Step.Begin(network.Parameters.Device, Gradient.None);
        EnsembleMixture.Mix(network.ForwardQuantiles(Tensor.From(batch.NextObservations, batch.Size, network.Spec.ObservationSize)), _weights).CopyTo(_values);
    }
}
