using Pilotage.Environments;
using Pilotage.Policies.Descriptors;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>A network that gives the value of every action of one discrete choice, or quantiles of its return. As a policy it takes the best legal action.</summary>
/// <remarks>
/// Dueling (arXiv:1511.06581, eq. 9): all but the last hidden layer are shared; then one stream with a hidden layer of its own gives V(s), the other the advantages, whose mean
/// over all actions, legal or not, is taken away: Q(s, a) = V(s) + A(s, a) - mean A(s, ·). Where the observation lists candidates the two streams share no layer. With quantiles (arXiv:1710.10044) each action has N outputs; its value is their mean.
/// </remarks>
public sealed class QNetwork : IPortablePolicy
{
    private readonly ObservationNetwork _actions;                                                       // the whole network, or the advantages of a dueling one
    private readonly ObservationNetwork? _shared;
    private readonly ObservationNetwork? _state;

    /// <summary>Makes the network.</summary>
    /// <param name="spec">Gives the sizes of observations and actions.</param>
    /// <param name="hidden">Width of each hidden layer.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="random">The stream to draw the weights from.</param>
    /// <param name="device">Where the network is computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <param name="isDueling">Whether values are split into that of the state and the actions' advantages.</param>
    /// <param name="quantiles">N, numbers per action, at least 1; 1 for plain values.</param>
    /// <param name="initializer">Of all weights; <see langword="null"/> for orthogonal ones.</param>
    /// <exception cref="UserMistakeException">The action space is not one discrete choice.</exception>
    public QNetwork(
        EnvironmentSpec spec, IReadOnlyList<int> hidden, Activation activation, ref Randomness random, Device? device = null, bool isDueling = false, int quantiles = 1,
        Initializer? initializer = null)
        : this(spec, hidden, activation, new Parameters(device), isDueling, quantiles, initializer, ref random)
    {
    }

    /// <summary>The same beside other networks in one set of parameters.</summary>
    internal QNetwork(
        EnvironmentSpec spec, IReadOnlyList<int> hidden, Activation activation, Parameters parameters, bool isDueling, int quantiles, Initializer? initializer, ref Randomness random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quantiles, 1);
        Spec = spec;
        (Hidden, Activation) = ([.. hidden], activation);
        Parameters = parameters;
        Quantiles = quantiles;
        ActionCount = spec.Actions is ActionSpace.Discrete discrete
            ? discrete.Count
            : throw new UserMistakeException($"{spec.Name} has no single discrete choice of actions, which a Q-network needs. Choose an algorithm for its actions, such as ppo.");
        if (!isDueling)
        {
            _actions = ObservationNetwork.OfActions(Parameters, "q", spec, hidden, ActionCount * quantiles, activation, 1, ref random, initializer: initializer);
            return;
        }
        if (spec.Candidates is not null)
        {
            _state = ObservationNetwork.OfState(Parameters, "state", spec, hidden, quantiles, activation, 1, ref random, initializer: initializer);
            _actions = ObservationNetwork.OfActions(Parameters, "advantage", spec, hidden, ActionCount * quantiles, activation, 1, ref random, initializer: initializer);
            return;
        }
        var (shared, own) = (hidden.SkipLast(1).ToArray(), hidden.TakeLast(1).ToArray());
        var width = shared.Length == 0 ? spec.ObservationSize : shared[^1];
        if (shared.Length > 0) _shared = ObservationNetwork.OfRow(Parameters, "shared", spec.ObservationSize, shared[..^1], width, activation, Math.Sqrt(2), ref random, outputActivation: activation, initializer: initializer);
        _state = ObservationNetwork.OfRow(Parameters, "state", width, own, quantiles, activation, 1, ref random, initializer: initializer);
        _actions = ObservationNetwork.OfRow(Parameters, "advantage", width, own, ActionCount * quantiles, activation, 1, ref random, initializer: initializer);
    }

    /// <summary>The environment's description.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Number of actions.</summary>
    public int ActionCount { get; }

    /// <summary>Whether values are split into that of the state and the actions' advantages.</summary>
    public bool IsDueling => _state is not null;

    /// <summary>N, numbers per action; 1 for plain values.</summary>
    public int Quantiles { get; }

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
    /// <returns>The value of each action, [rows, actions]: of several quantiles their mean.</returns>
    public Tensor Forward(Tensor observations) => Quantiles == 1 ? Outputs(observations) : ForwardQuantiles(observations).Mean(-1);

    /// <summary>Applies the network and keeps the quantiles apart.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <returns>[rows, actions, N].</returns>
    public Tensor ForwardQuantiles(Tensor observations)
    {
        var outputs = Outputs(observations);
        return outputs.Reshape(outputs.Shape[0], ActionCount, Quantiles);
    }

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
    public PolicyDescriptor Describe() => new QNetworkDescriptor(Hidden, Activation, IsDueling, Quantiles);

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

    private Tensor Outputs(Tensor observations)
    {
        if (_state is null) return _actions.Forward(observations);
        var features = _shared is null ? observations : _shared.Forward(observations);
        var rows = features.Shape[0];
        var advantages = _actions.Forward(features).Reshape(rows, ActionCount, Quantiles);
        var state = _state.Forward(features).Reshape(rows, 1, Quantiles);
        return (state + advantages - advantages.Mean(1).Reshape(rows, 1, Quantiles)).Reshape(rows, ActionCount * Quantiles);
    }
}
