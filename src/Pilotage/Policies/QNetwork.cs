using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Policies.Descriptors;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>A network that gives the value of every action of one discrete choice. As a policy it takes the best legal action.</summary>
public sealed class QNetwork : IPortablePolicy
{
    private readonly Mlp _network;

    /// <summary>Makes the network.</summary>
    /// <param name="spec">Gives the sizes of observations and actions.</param>
    /// <param name="hidden">Width of each hidden layer.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="random">The stream to draw the weights from.</param>
    /// <param name="device">Where the network is computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <exception cref="UserMistakeException">The action space is not one discrete choice.</exception>
    public QNetwork(EnvironmentSpec spec, IReadOnlyList<int> hidden, Activation activation, ref Randomness random, Device? device = null)
    {
        Spec = spec;
        (Hidden, Activation) = ([.. hidden], activation);
        Parameters = new(device);
        ActionCount = spec.Actions is ActionSpace.Discrete discrete
            ? discrete.Count
            : throw new UserMistakeException($"{spec.Name} has no single discrete choice of actions, which a Q-network needs. Choose an algorithm for its actions, such as ppo.");
        _network = new(Parameters, "q", spec.ObservationSize, hidden, ActionCount, activation, 1, ref random);
    }

    /// <summary>The environment's description.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Number of actions.</summary>
    public int ActionCount { get; }

    /// <summary>Width of each hidden layer.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>After each hidden layer.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => Parameters.Blocks;

    /// <summary>All weights.</summary>
    public Parameters Parameters { get; }

    /// <summary>Applies the network.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <returns>[rows, actions].</returns>
    public Tensor Forward(Tensor observations) => _network.Forward(observations);

    /// <summary>Applies the network outside any step of the caller's.</summary>
    /// <param name="observations">[rows, size], flat.</param>
    /// <param name="values">Receives [rows, actions].</param>
    public void Values(ReadOnlySpan<float> observations, Span<float> values)
    {
        using var step = Step.Begin(Parameters.Device, Gradient.None);
        Forward(Tensor.From(observations, values.Length / ActionCount, Spec.ObservationSize)).CopyTo(values);
    }

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        using var scratch = new Scratch(frames.Rows * ActionCount);
        Values(frames.Observations, scratch.Values);
        for (var row = 0; row < frames.Rows; row++)
            if (frames.IsActive(row)) actions.Indices[row] = Best(scratch.Values.Slice(row * ActionCount, ActionCount), frames.LegalOf(row));
    }

    /// <inheritdoc/>
    public PolicyDescriptor Describe() => new QNetworkDescriptor(Hidden, Activation);

    /// <summary>The legal action of the highest value; the first of equal ones.</summary>
    /// <param name="values">One per action.</param>
    /// <param name="legal">One per action, at least one true; empty for no mask.</param>
    /// <returns>Its index.</returns>
    public static int Best(ReadOnlySpan<float> values, ReadOnlySpan<bool> legal)
    {
        var best = -1;
        for (var i = 0; i < values.Length; i++)
            if ((legal.IsEmpty || legal[i]) && (best < 0 || values[i] > values[best])) best = i;
        return best;
    }
}
