using System.Buffers;
using Pilotage.Environments;
using Pilotage.Objectives;
using Pilotage.Policies.Descriptors;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>Takes the action of the highest value among those that are not too improbable for who made the data.</summary>
/// <remarks>Fujimoto et al., arXiv:1910.01708, eq. 8.</remarks>
public sealed class BatchConstrainedPolicy : IPortablePolicy
{
    private readonly float _threshold;

    /// <summary>Makes both networks in one set of parameters.</summary>
    /// <param name="spec">Gives the sizes of observations and actions.</param>
    /// <param name="hidden">Width of each hidden layer of each network.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="threshold">tau, in [0, 1): what an action's probability must be above, as a share of the largest.</param>
    /// <param name="random">The stream to draw the weights from.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <param name="initializer">Of all weights; <see langword="null"/> for orthogonal ones.</param>
    /// <exception cref="UserMistakeException">The action space is not one discrete choice.</exception>
    public BatchConstrainedPolicy(
        EnvironmentSpec spec, IReadOnlyList<int> hidden, Activation activation, float threshold, ref Randomness random, Device? device = null, Initializer? initializer = null)
    {
        Parameters = new(device);
        _threshold = threshold;
        Values = new(spec, hidden, activation, Parameters, isDueling: false, quantiles: 1, initializer, ref random);
        Behaviour = new(spec, hidden, activation, Parameters, ref random, initializer);
    }

    /// <summary>All weights.</summary>
    public Parameters Parameters { get; }

    /// <summary>Q.</summary>
    public QNetwork Values { get; }

    /// <summary>g: the imitation of who made the data.</summary>
    public SoftmaxPolicy Behaviour { get; }

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => Parameters.Blocks;

    /// <summary>Chooses actions outside any step of the caller's.</summary>
    /// <param name="observations">[rows, size], flat.</param>
    /// <param name="legal">[rows, actions], flat; empty for no mask.</param>
    /// <param name="allowed">Room for [rows, actions]; receives which actions are allowed.</param>
    /// <param name="actions">Receives the choices, [rows].</param>
    public void Choose(ReadOnlySpan<float> observations, ReadOnlySpan<bool> legal, Span<bool> allowed, Span<int> actions)
    {
        var count = Values.ActionCount;
        using var scratch = new Scratch(actions.Length * count);
        Behaviour.Probabilities(observations, legal, scratch.Values);
        BatchConstraint.Allow(scratch.Values, count, _threshold, allowed);
        Values.Values(observations, scratch.Values);
        for (var i = 0; i < actions.Length; i++) actions[i] = QNetwork.Best(scratch.Values.Slice(i * count, count), allowed.Slice(i * count, count));
    }

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        var length = frames.Rows * Values.ActionCount;
        var (allowed, chosen) = (ArrayPool<bool>.Shared.Rent(length), ArrayPool<int>.Shared.Rent(frames.Rows));
        Choose(frames.Observations, frames.Legal, allowed.AsSpan(0, length), chosen.AsSpan(0, frames.Rows));
        for (var row = 0; row < frames.Rows; row++) if (frames.IsActive(row)) actions.Indices[row] = chosen[row];
        ArrayPool<bool>.Shared.Return(allowed);
        ArrayPool<int>.Shared.Return(chosen);
    }

    /// <inheritdoc/>
    public PolicyDescriptor Describe() => new BatchConstrainedDescriptor(Values.Hidden, Values.Activation, _threshold);
}
