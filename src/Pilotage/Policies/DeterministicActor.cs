using Pilotage.Environments;
using Pilotage.Policies.Descriptors;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>A network that gives one action of a box for each state: the hyperbolic tangent of its outputs, stretched to the box. Draws nothing; who explores adds noise.</summary>
/// <remarks>
/// Its unit is half the box's width around the box's centre, in which the box is [-1, 1]; <see cref="ToBox"/> and <see cref="ToUnit"/> go to and fro.
/// arXiv:1509.02971, section 7 (a final tangent layer). Where the observation lists candidates and the box has a number for each, the numbers are priorities of which the largest is meant: they are the
/// shares of a softmax, stretched to the box, so that they cannot all lie on one edge (the relaxed choice of arXiv:1706.02275, section 4.1, and arXiv:1611.01144).
/// </remarks>
public sealed class DeterministicActor : IPortablePolicy
{
    private readonly ObservationNetwork _network;

    /// <summary>Makes the network.</summary>
    /// <param name="spec">Gives the sizes of observations and actions.</param>
    /// <param name="hidden">Width of each hidden layer.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="random">The stream to draw the weights from.</param>
    /// <param name="device">Where the network is computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <exception cref="UserMistakeException">The action space is not a box.</exception>
    public DeterministicActor(EnvironmentSpec spec, IReadOnlyList<int> hidden, Activation activation, ref Randomness random, Device? device = null)
    {
        var box = spec.Actions as ActionSpace.Box
            ?? throw new UserMistakeException($"{spec.Name} has no box of real actions, which a deterministic actor needs. Choose an algorithm for its actions, such as dqn, qr-dqn or ppo.");
        Spec = spec;
        (Hidden, Activation) = ([.. hidden], activation);
        Parameters = new(device);
        Unit = new(box);
        _network = ObservationNetwork.OfActions(Parameters, "actor", spec, hidden, Dimensions, activation, 0.01, ref random, spec.Candidates is null ? Activation.Tanh : Activation.None);
    }

    /// <summary>The environment's description.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Numbers per action.</summary>
    public int Dimensions => Unit.Dimensions;

    /// <summary>Width of each hidden layer.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>After each hidden layer.</summary>
    public Activation Activation { get; }

    /// <summary>All weights.</summary>
    public Parameters Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => Parameters.Blocks;

    /// <summary>Half the box's width around its centre.</summary>
    internal BoxUnit Unit { get; }

    /// <summary>Applies the network.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <returns>Actions in the actor's unit, [rows, dimensions], with the gradient of the network.</returns>
    public Tensor Forward(Tensor observations)
    {
        var outputs = _network.Forward(observations);
        return Spec.Candidates is null ? outputs : 2f * outputs.Softmax() - 1f;
    }

    /// <summary>Chooses actions.</summary>
    /// <param name="frames">Observations.</param>
    /// <param name="noise">Added in the actor's unit, [rows, dimensions]; what leaves the box is put on its edge. Empty for none.</param>
    /// <param name="values">Receives the actions in the environment's unit, [rows, dimensions].</param>
    public void Act(FrameBatch frames, ReadOnlySpan<float> noise, Span<float> values)
    {
        using (Step.Begin(Parameters.Device, Gradient.None)) Forward(Tensor.From(frames.Observations, frames.Rows, Spec.ObservationSize)).CopyTo(values);
        for (var i = 0; i < noise.Length; i++) values[i] += noise[i];
        ToBox(values);
    }

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => Act(frames, noise: [], actions.Values);

    /// <summary>From the actor's unit to the environment's.</summary>
    /// <param name="values">[rows, dimensions], changed in place.</param>
    public void ToBox(Span<float> values) => Unit.ToBox(values);

    /// <summary>From the environment's unit to the actor's.</summary>
    /// <param name="values">[rows, dimensions], within the box.</param>
    /// <param name="unit">Receives numbers in [-1, 1], [rows, dimensions].</param>
    public void ToUnit(ReadOnlySpan<float> values, Span<float> unit) => Unit.ToUnit(values, unit);

    /// <inheritdoc/>
    public PolicyDescriptor Describe() => new DeterministicActorDescriptor(Hidden, Activation);
}
