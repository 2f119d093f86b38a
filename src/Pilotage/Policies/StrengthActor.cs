using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Policies.Descriptors;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>A deterministic actor that learns the strength of its actions apart from their direction: the tangent of scale times direction, plus bounded noise while learning.</summary>
/// <remarks>
/// Source: arXiv:2512.10477 and its authors' code. (A, S, B) = tanh(network / 2) with S and B made positive; action = tanh(S A + N). As |S A| is below 1, no greedy action reaches
/// tanh(1) = 0.7616 of the box's half width, whatever was learned; with noise of at most 1 none reaches tanh(2) = 0.9640. Its unit is half the box's width around the box's centre.
/// </remarks>
public sealed class StrengthActor
{
    private const string Name = "actor";
    private const float LeastStrength = 1e-3f;
    private readonly RectifiedSineNetwork _network;
    private readonly BoxUnit _unit;

    /// <summary>Makes the network.</summary>
    /// <param name="parameters">Receives the weights, all named <c>actor.…</c>; critics may be added to the same set.</param>
    /// <param name="spec">Gives the sizes of observations and actions.</param>
    /// <param name="hidden">Width of the hidden layers.</param>
    /// <param name="random">The stream to draw the weights from.</param>
    /// <exception cref="UserMistakeException">The action space is not a box.</exception>
    public StrengthActor(Parameters parameters, EnvironmentSpec spec, int hidden, ref Randomness random)
    {
        var box = spec.Actions as ActionSpace.Box ?? throw new UserMistakeException($"{spec.Name} has discrete actions; a strength-scaled actor needs a box of real numbers. Choose an algorithm for its actions, such as dqn or ppo.");
        (Spec, Hidden, Parameters) = (spec, hidden, parameters);
        _unit = new(box);
        _network = new(parameters, Name, members: 1, spec.ObservationSize, hidden, 3 * Dimensions, ref random);
        Greedy = new Policy(this);
    }

    /// <summary>The environment's description.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Numbers per action.</summary>
    public int Dimensions => _unit.Dimensions;

    /// <summary>Width of the hidden layers.</summary>
    public int Hidden { get; }

    /// <summary>The set that holds its weights, perhaps among others.</summary>
    public Parameters Parameters { get; }

    /// <summary>Its own weights.</summary>
    public IReadOnlyList<WeightBlock> Weights => [.. Parameters.Blocks.Where(block => block.Name.StartsWith(Name + ".", StringComparison.Ordinal))];

    /// <summary>Acts without noise.</summary>
    public IPortablePolicy Greedy { get; }

    /// <summary>Applies the network.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="kept">Which outputs pass their gradient on, [rows, 3 dimensions]; default for all. Values stay as they are.</param>
    /// <returns>S A before noise and tangent, the scale S and the other strength B, each [rows, dimensions]. S and B alone are held within [0.001, 0.999].</returns>
    public (Tensor Drive, Tensor Scale, Tensor Beta) Forward(Tensor observations, Mask kept = default)
    {
        var outputs = _network.Forward(observations).Reshape(observations.Shape[0], 3 * Dimensions);
        if (!kept.IsNone) outputs = Tensor.Where(kept, outputs, outputs.Detach());
        var parts = (0.5f * outputs).Tanh();
        var scale = parts.Slice(1, Dimensions, Dimensions).Abs();
        var beta = parts.Slice(1, 2 * Dimensions, Dimensions).Abs();
        return (scale * parts.Slice(1, 0, Dimensions), scale.Clamp(LeastStrength, 1 - LeastStrength), beta.Clamp(LeastStrength, 1 - LeastStrength));
    }

    /// <summary>Chooses actions.</summary>
    /// <param name="frames">Observations.</param>
    /// <param name="noise">N, [rows, dimensions]; empty for none.</param>
    /// <param name="drive">1 for a row that acts, 0 for one whose actor is silent and whose noise alone moves it; empty for 1 everywhere.</param>
    /// <param name="values">Receives the actions in the environment's unit, [rows, dimensions].</param>
    public void Act(FrameBatch frames, ReadOnlySpan<float> noise, ReadOnlySpan<float> drive, Span<float> values)
    {
        using (Step.Begin(Parameters.Device, Gradient.None))
        {
            var wanted = Forward(Tensor.From(frames.Observations, frames.Rows, Spec.ObservationSize)).Drive;
            if (!drive.IsEmpty) wanted *= Tensor.From(drive, frames.Rows, 1);
            if (!noise.IsEmpty) wanted += Tensor.From(noise, frames.Rows, Dimensions);
            wanted.Tanh().CopyTo(values);
        }
        _unit.ToBox(values);
    }

    /// <summary>From the environment's unit to the actor's.</summary>
    /// <param name="values">[rows, dimensions], within the box.</param>
    /// <param name="unit">Receives numbers in [-1, 1], [rows, dimensions].</param>
    public void ToUnit(ReadOnlySpan<float> values, Span<float> unit) => _unit.ToUnit(values, unit);

    private sealed class Policy(StrengthActor actor) : IPortablePolicy
    {
        public IReadOnlyList<WeightBlock> Weights => actor.Weights;

        public PolicyDescriptor Describe() => new StrengthActorDescriptor(actor.Hidden);

        public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => actor.Act(frames, [], [], actions.Values);
    }
}
