using Pilotage.Environments;
using Pilotage.Experience.Datasets;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>MCE: values what was done by what it and all after it earned, then takes the best action once.</summary>
/// <remarks>
/// Source: Monte Carlo estimates of the behaviour's values (Sutton and Barto, 2018, chapter 5) as in arXiv:2111.04714. Symbols: G discounted return-to-go of the data, k steps left to the
/// episode's last frame s_k, d = gamma^k, or 0 behind a termination. y = G + d max over legal a of Q(s_k, a; theta-); loss: Huber. Acts greedily. Differs from the code of that paper, which lets a
/// time limit end the world (d = 0 always): here a cut episode goes on from its true last frame.
/// </remarks>
public sealed class MonteCarloValues : IOfflineObjective
{
    private readonly TransitionDataset _dataset;
    private readonly QNetwork _values;
    private readonly QNetwork _target;
    private readonly float[] _returns;                                                   // G, [n]
    private readonly float[] _rest;                                                      // d, [n]
    private readonly float[] _finals;                                                    // s_k, [M, size]
    private readonly float[] _finalValues;                                               // Q(s_k, .), [M, A]
    private readonly float[] _targets;                                                   // y, [M]

    /// <summary>Makes the networks and computes the returns.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="dataset">What is learned from.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="device">Where the networks are computed.</param>
    public MonteCarloValues(OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device)
    {
        _dataset = dataset;
        _values = OfflineNetworks.Values(config, dataset, ref random, device);
        _target = OfflineNetworks.Copy(_values);
        (_returns, _rest) = (new float[dataset.Count], new float[dataset.Count]);
        dataset.ComputeReturnsToGo(config.Discount, _returns);
        foreach (var (start, length, end) in dataset.Episodes)
        {
            double rest = end == End.Terminated ? 0 : 1;
            for (var step = start + length - 1; step >= start; step--) _rest[step] = (float)(rest *= config.Discount);
        }
        _finals = new float[config.BatchSize * dataset.Spec.ObservationSize];
        _finalValues = new float[config.BatchSize * _values.ActionCount];
        _targets = new float[config.BatchSize];
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
    public void Prepare(OfflineBatch batch, ref Randomness random)
    {
        var finals = _dataset.Steps.FinalFrames;
        var (size, count) = (_dataset.Spec.ObservationSize, _values.ActionCount);
        for (var i = 0; i < batch.Size; i++) finals.Observation(_dataset.EpisodeOf(batch.Steps[i])).CopyTo(_finals.AsSpan(i * size));
        _target.Values(_finals, _finalValues);
        for (var i = 0; i < batch.Size; i++)
        {
            var step = batch.Steps[i];
            var row = _finalValues.AsSpan(i * count, count);
            // Behind a termination the final frame may have no legal action: it is not read.
            _targets[i] = _rest[step] == 0 ? _returns[step] : _returns[step] + _rest[step] * row[QNetwork.Best(row, finals.LegalOf(_dataset.EpisodeOf(step)))];
        }
    }

    /// <inheritdoc/>
    public Tensor Loss(OfflineBatch batch) => ValueLoss.Huber(_values.Forward(batch.ObservationTensor()).Gather(batch.ActionTensor()), Tensor.From(_targets, batch.Size));
}
