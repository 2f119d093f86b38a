using Pilotage.Experience.Datasets;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>BC: does what the data show, as often as they show it.</summary>
/// <remarks>
/// Source: Pomerleau, "ALVINN", NIPS 1988. Symbols: pi policy, a action of the data. Loss: mean of -log pi(a|s) over legal actions. Acts by drawing from pi, so that it is as good as the
/// data are on average. It reads no rewards.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="dataset">What is learned from.</param>
/// <param name="random">Draws the weights.</param>
/// <param name="device">Where the network is computed.</param>
public sealed class OfflineBehaviourCloning(OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device) : IOfflineObjective
{
    private readonly SoftmaxPolicy _policy = new(dataset.Spec, config.Hidden, config.Activation, new Parameters(device), ref random, OfflineNetworks.Initial);

    /// <inheritdoc/>
    public Parameters Parameters => _policy.Parameters;

    /// <inheritdoc/>
    public Parameters? Target => null;

    /// <inheritdoc/>
    public IPortablePolicy Policy => _policy;

    /// <inheritdoc/>
    public bool NeedsNextAction => false;

    /// <inheritdoc/>
    public void Prepare(OfflineBatch batch, ref Randomness random) { }

    /// <inheritdoc/>
    public Tensor Loss(OfflineBatch batch) => CrossEntropy.Mean(_policy.Logits(batch.ObservationTensor()), batch.ActionTensor(), batch.LegalTensor());
}
