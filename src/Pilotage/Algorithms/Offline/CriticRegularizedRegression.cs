using Pilotage.Credit;
using Pilotage.Distributions;
using Pilotage.Experience.Datasets;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>CRR: cloning of those actions alone that are worth more than what the policy would do.</summary>
/// <remarks>
/// Source: Wang et al., arXiv:2006.15134, Algorithm 1 with the binary filter and the mean of m drawn actions. Symbols: pi policy, theta- and pi- target weights.
/// Critic: y = r + d Q(s', a'; theta-) with a' drawn from pi-(.|s'), loss Huber. Actor: A = Q(s, a) - mean of Q(s, a_j), a_j drawn from pi(.|s); loss -mean(1[A > 0] log pi(a|s)).
/// Acts by drawing from pi. The two share no weights, so one descent of the sum is a descent of each.
/// </remarks>
public sealed class CriticRegularizedRegression : IOfflineObjective
{
    private readonly QNetwork _values;
    private readonly SoftmaxPolicy _policy;
    private readonly QNetwork _targetValues;
    private readonly SoftmaxPolicy _targetPolicy;
    private readonly float[] _cells;                                                     // values or probabilities, [M, A]
    private readonly int[] _nextActions;                                                 // a', [M]
    private readonly int[] _drawn;                                                       // a_j, [M, m]
    private readonly float[] _targets;                                                   // y, [M]
    private readonly float[] _weights;                                                   // 1[A > 0], [M]

    /// <summary>Makes the networks.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="dataset">What is learned from.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="device">Where the networks are computed.</param>
    public CriticRegularizedRegression(OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device)
    {
        (_values, _policy) = Networks(config, dataset, ref random, device);
        (_targetValues, _targetPolicy) = Networks(config, dataset, ref random, device);
        _targetValues.Parameters.BlendFrom(_values.Parameters, 1);
        var size = config.BatchSize;
        (_cells, _nextActions, _drawn) = (new float[size * _values.ActionCount], new int[size], new int[size * config.DrawnActions]);
        (_targets, _weights) = (new float[size], new float[size]);
    }

    /// <inheritdoc/>
    public Parameters Parameters => _values.Parameters;

    /// <inheritdoc/>
    public Parameters? Target => _targetValues.Parameters;

    /// <inheritdoc/>
    public IPortablePolicy Policy => _policy;

    /// <inheritdoc/>
    public bool NeedsNextAction => false;

    /// <inheritdoc/>
    public void Prepare(OfflineBatch batch, ref Randomness random)
    {
        _targetPolicy.Probabilities(batch.NextObservations, batch.NextLegal, _cells);
        Draw(_cells, _nextActions, ref random);
        _targetValues.Values(batch.NextObservations, _cells);
        NextActionTargets.Compute(batch.Rewards, batch.Discounts, _cells, _nextActions, _targets);

        _policy.Probabilities(batch.Observations, batch.Legal, _cells);
        Draw(_cells, _drawn, ref random);
        _values.Values(batch.Observations, _cells);
        AdvantageFilter.Binary(_cells, batch.Actions, _drawn, _weights);
    }

    /// <inheritdoc/>
    public Tensor Loss(OfflineBatch batch)
    {
        var (observations, actions) = (batch.ObservationTensor(), batch.ActionTensor());
        var logPi = Categorical.Normalize(_policy.Logits(observations), batch.LegalTensor());
        return ValueLoss.Huber(_values.Forward(observations).Gather(actions), Tensor.From(_targets, batch.Size))
             + PolicyGradient.Weighted(Categorical.LogProbability(logPi, actions), Tensor.From(_weights, batch.Size));
    }

    // The same number of draws for every row, one row after the other.
    private void Draw(ReadOnlySpan<float> probabilities, Span<int> drawn, ref Randomness random)
    {
        var (count, each) = (_values.ActionCount, drawn.Length / _weights.Length);
        for (var i = 0; i < drawn.Length; i++) drawn[i] = Categorical.Sample(probabilities.Slice(i / each * count, count), random.NextSingle());
    }

    private static (QNetwork, SoftmaxPolicy) Networks(OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device)
    {
        var parameters = new Parameters(device);
        var values = new QNetwork(dataset.Spec, config.Hidden, config.Activation, parameters, isDueling: false, quantiles: 1, OfflineNetworks.Initial, ref random);
        return (values, new SoftmaxPolicy(dataset.Spec, config.Hidden, config.Activation, parameters, ref random, OfflineNetworks.Initial));
    }
}
