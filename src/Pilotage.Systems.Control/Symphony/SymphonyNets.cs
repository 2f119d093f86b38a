using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Numerics;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>Actor and three critics with one set of weights, and how the critics' many values become one.</summary>
/// <remarks>
/// Source: the authors' code of arXiv:2512.10477. Three critics tell h/4 values each, n = 3h/4 in all. The value of an action is their mean in ascending order with weights in proportion to
/// tanh((pi (1 - i/n))^e), i = 0 the lowest: a minimum of critics made smooth, in which the highest values hardly count.
/// </remarks>
internal sealed class SymphonyNets
{
    private const int CriticCount = 3;
    private readonly RectifiedSineNetwork _critics;
    private readonly float[] _rankWeights;                                                // [n], sum to 1

    /// <param name="spec">Gives the sizes.</param>
    /// <param name="hidden">h, a multiple of 4.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="device">Where they are computed; <see langword="null"/> for the managed device.</param>
    public SymphonyNets(EnvironmentSpec spec, int hidden, ref Randomness random, Device? device)
    {
        Parameters = new(device);
        Actor = new(Parameters, spec, hidden, ref random);
        _critics = new(Parameters, "critics", CriticCount, spec.ObservationSize + Actor.Dimensions, hidden, hidden / 4, ref random);
        _rankWeights = RankWeights(ValueCount);
    }

    public Parameters Parameters { get; }

    public StrengthActor Actor { get; }

    /// <summary>n, values that the critics tell of one action.</summary>
    public int ValueCount => CriticCount * _critics.Outputs;

    /// <summary>All critics' values.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="actions">[rows, dimensions], in the actor's unit.</param>
    /// <param name="kept">Which values pass their gradient on, [rows, n]; default for all.</param>
    /// <returns>[rows, n], in the critics' order.</returns>
    public Tensor Values(Tensor observations, Tensor actions, Mask kept = default)
    {
        var values = _critics.Forward(Tensor.Concat(1, observations, actions)).Transpose(0, 1).Reshape(observations.Shape[0], ValueCount);
        return kept.IsNone ? values : Tensor.Where(kept, values, values.Detach());
    }

    /// <summary>One value of several: their mean, weighted by rank.</summary>
    /// <param name="values">[rows, n].</param>
    /// <returns>[rows]. The gradient goes to each value by its weight.</returns>
    public Tensor Value(Tensor values) => (values.Gather(values.Sorted()) * Tensor.From(_rankWeights, ValueCount)).Sum(1);

    /// <summary>Weights of ranks, lowest first, that sum to 1.</summary>
    /// <param name="count">n, at least 1.</param>
    public static float[] RankWeights(int count)
    {
        var weights = new double[count];
        for (var i = 0; i < count; i++) weights[i] = 1 - 2 / (Exponential.Exp(2 * Exponential.Exp(Math.E * Logarithm.Log(Math.PI * (1 - (double)i / count)))) + 1);
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => (float)(weight / sum));
    }
}
