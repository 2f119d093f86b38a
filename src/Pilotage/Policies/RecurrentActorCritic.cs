using Pilotage.Distributions;
using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Policies;

/// <summary>Two networks with a memory each: a gated recurrent unit over the observations, and a perceptron over its state. One says which action, the other what the history is worth.</summary>
/// <remarks>
/// For problems whose observation does not tell the state. Actions are those of <see cref="ActorCritic"/>. The state begins at zero with each episode and is kept in the
/// policy's memory, a row each. One step at a time and a whole sequence at once give the same bits, so training sees the log-probabilities that acting had.
/// </remarks>
public sealed class RecurrentActorCritic
{
    private readonly GatedRecurrentUnit _actorCell;
    private readonly Mlp _actor;
    private readonly GatedRecurrentUnit _criticCell;
    private readonly Mlp _critic;
    private readonly ActionHead _head;

    /// <summary>Makes the networks.</summary>
    /// <param name="spec">Gives the sizes of observations and actions.</param>
    /// <param name="units">Numbers that each memory holds, at least 1.</param>
    /// <param name="hidden">Width of each hidden layer behind each memory; may be empty.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="seeds">Their <see cref="SeedTree.Initialisation"/> branch fills the weights.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <param name="initialDeviation">Standard deviation that real numbers begin with, in half widths of the box, above 0.</param>
    public RecurrentActorCritic(
        EnvironmentSpec spec, int units, IReadOnlyList<int> hidden, Activation activation, SeedTree seeds, Device? device = null, double initialDeviation = 1)
    {
        (Spec, Units, Hidden, Activation) = (spec, units, [.. hidden], activation);
        Parameters = new(device);
        var random = seeds.Initialisation.Start();
        _actorCell = new(Parameters, "policy.memory", spec.ObservationSize, units, ref random);
        _actor = new(Parameters, "policy", units, hidden, ActionHead.OutputsOf(spec.Actions), activation, 0.01, ref random);
        _criticCell = new(Parameters, "value.memory", spec.ObservationSize, units, ref random);
        _critic = new(Parameters, "value", units, hidden, 1, activation, 1, ref random);
        _head = new(spec.Actions, initialDeviation, Parameters, ref random);
        Sampling = new RecurrentActorPolicy(this, isGreedy: false);
        Greedy = new RecurrentActorPolicy(this, isGreedy: true);
    }

    /// <summary>The environment's description.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Numbers that each memory holds.</summary>
    public int Units { get; }

    /// <summary>Width of each hidden layer behind each memory.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>After each hidden layer.</summary>
    public Activation Activation { get; }

    /// <summary>All weights of both networks.</summary>
    public Parameters Parameters { get; }

    /// <summary>Draws from the distribution.</summary>
    public IPolicy Sampling { get; }

    /// <summary>Takes the most probable action, or the mean.</summary>
    public IPolicy Greedy { get; }

    /// <summary>Applies both networks to sequences.</summary>
    /// <param name="observations">[time, rows, size].</param>
    /// <param name="actorState">The actor's memory before the first step, [rows, units].</param>
    /// <param name="criticState">The critic's memory before the first step, [rows, units].</param>
    /// <param name="begins">[time, rows]: whether a row's episode begins with this step.</param>
    /// <param name="legal">[time times rows, count]; default for no mask.</param>
    /// <returns>The distribution over actions and V of each step, [time times rows], time first.</returns>
    public (ActionDistribution Pi, Tensor Value) Forward(Tensor observations, Tensor actorState, Tensor criticState, ReadOnlySpan<bool> begins, Mask legal)
    {
        var count = observations.Shape[0] * observations.Shape[1];
        var acting = _actorCell.Unroll(observations, actorState, begins).Reshape(count, Units);
        var valuing = _criticCell.Unroll(observations, criticState, begins).Reshape(count, Units);
        return (_head.Distribution(_actor.Forward(acting), legal), _critic.Forward(valuing).Reshape(-1));
    }

    /// <summary>Chooses for the active rows and moves their memory on by this frame.</summary>
    internal void Act(
        FrameBatch frames, RecurrentMemory memory, bool isGreedy, ref Randomness random, RowsBeside beside, Span<int> indices, Span<float> raw, Span<float> logProbabilities, Span<float> values)
    {
        using var step = Step.Begin(Parameters.Device, Gradient.None);
        var observations = Tensor.From(frames.Observations, frames.Rows, Spec.ObservationSize);
        if (!values.IsEmpty)
        {
            var criticState = _criticCell.Step(observations, Tensor.From(memory.Critic, frames.Rows, Units));
            _critic.Forward(criticState).Reshape(-1).CopyTo(values);
            Keep(criticState, memory.Critic, frames);
        }
        var actorState = _actorCell.Step(observations, Tensor.From(memory.Actor, frames.Rows, Units));
        _head.Act(_head.Distribution(_actor.Forward(actorState), _head.LegalOf(frames)), frames.Rows, isGreedy, ref random, beside, indices, raw, logProbabilities);
        Keep(actorState, memory.Actor, frames);
    }

    /// <summary>V of frames that follow a memory, which stays as it is.</summary>
    /// <param name="frames">Any rows.</param>
    /// <param name="criticStates">The critic's memory of each, [rows, units].</param>
    /// <param name="values">Receives V, [rows].</param>
    internal void Value(FrameBatch frames, ReadOnlySpan<float> criticStates, Span<float> values)
    {
        using var step = Step.Begin(Parameters.Device, Gradient.None);
        var state = _criticCell.Step(Tensor.From(frames.Observations, frames.Rows, Spec.ObservationSize), Tensor.From(criticStates, frames.Rows, Units));
        _critic.Forward(state).Reshape(-1).CopyTo(values);
    }

    internal void ToBox(ReadOnlySpan<float> raw, Span<float> values) => _head.ToBox(raw, values);

    private void Keep(Tensor state, float[] memory, FrameBatch frames)
    {
        using var scratch = new Scratch(memory.Length);
        state.CopyTo(scratch.Values);
        for (var row = 0; row < frames.Rows; row++)
            if (frames.IsActive(row)) scratch.Values.Slice(row * Units, Units).CopyTo(memory.AsSpan(row * Units));
    }
}
