using Pilotage.Distributions;
using Pilotage.Environments;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>Two networks of the same shape over the same observations: one says which action, the other what the state is worth.</summary>
/// <remarks>
/// Discrete spaces get a categorical distribution over legal actions, one for each choice. Boxes get a Gaussian with a deviation that does not depend on the state; its unit is half
/// the box's width around the box's centre, and what falls outside the box is clipped on its way to the environment, while the distribution keeps the unclipped value. A composite
/// space gets both, independent given the state. Where the observation lists candidates, one network scores each of them and the value is that of all together.
/// </remarks>
public sealed class ActorCritic : IRolloutActor
{
    private readonly ObservationNetwork _actor;
    private readonly ObservationNetwork _critic;
    private readonly ActionHead _head;
    private readonly int _ownCount;

    /// <summary>Makes the networks.</summary>
    /// <param name="spec">Gives the sizes of observations and actions.</param>
    /// <param name="hidden">Width of each hidden layer of each network.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="seeds">Their <see cref="SeedTree.Initialisation"/> branch fills the weights.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <param name="initialDeviation">Standard deviation that real numbers begin with, in half widths of the box, above 0.</param>
    public ActorCritic(EnvironmentSpec spec, IReadOnlyList<int> hidden, Activation activation, SeedTree seeds, Device? device = null, double initialDeviation = 1)
    {
        Spec = spec;
        Parameters = new(device);
        (Hidden, Activation) = ([.. hidden], activation);
        var random = seeds.Initialisation.Start();
        _actor = ObservationNetwork.OfActions(Parameters, "policy", spec, hidden, ActionHead.OutputsOf(spec.Actions), activation, 0.01, ref random);
        _critic = ObservationNetwork.OfState(Parameters, "value", spec, hidden, 1, activation, 1, ref random);
        _head = new(spec.Actions, initialDeviation, Parameters, ref random);
        _ownCount = Parameters.All.Count;
        Sampling = new ActorPolicy(this, isGreedy: false);
        Greedy = new ActorPolicy(this, isGreedy: true);
    }

    /// <summary>The environment's description.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Width of each hidden layer of each network.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>After each hidden layer.</summary>
    public Activation Activation { get; }

    /// <summary>All weights of both networks, and of whatever a learner adds to be descended with them.</summary>
    public Parameters Parameters { get; }

    /// <summary>The weights of both networks alone: what a policy needs to act elsewhere, and no head that a learner added.</summary>
    internal IReadOnlyList<WeightBlock> OwnWeights => [.. Parameters.Blocks.Take(_ownCount)];

    /// <summary>Draws from the distribution.</summary>
    public IPolicy Sampling { get; }

    /// <summary>Takes the most probable action, or the mean.</summary>
    public IPolicy Greedy { get; }

    /// <summary>Applies both networks.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="legal">[rows, count]; default for no mask.</param>
    /// <returns>The distribution over actions, and V of each row, [rows].</returns>
    public (ActionDistribution Pi, Tensor Value) Forward(Tensor observations, Mask legal) => (_head.Distribution(_actor.Forward(observations), legal), Value(observations));

    /// <summary>Applies both networks and shows the critic's last hidden layer, for a further head on it.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="legal">[rows, count]; default for no mask.</param>
    /// <returns>The distribution and V as <see cref="Forward"/> gives them, bit for bit; the hidden layer, [rows, its width].</returns>
    public (ActionDistribution Pi, Tensor Value, Tensor Latent) ForwardWithLatent(Tensor observations, Mask legal)
    {
        var latent = _critic.ForwardHidden(observations);
        return (_head.Distribution(_actor.Forward(observations), legal), _critic.ForwardOutput(latent).Reshape(-1), latent);
    }

    /// <summary>Applies the critic to frames.</summary>
    /// <param name="frames">Any rows.</param>
    /// <param name="values">Receives V of each row.</param>
    public void Value(FrameBatch frames, Span<float> values)
    {
        using var step = Step.Begin(Parameters.Device, Gradient.None);
        Value(Tensor.From(frames.Observations, frames.Rows, Spec.ObservationSize)).CopyTo(values);
    }

    /// <summary>Chooses actions, and says how probable they were and what the states are worth.</summary>
    /// <param name="frames">Observations and masks.</param>
    /// <param name="isGreedy">Whether to take the most probable action, and the mean, instead of drawing.</param>
    /// <param name="random">Draws the actions.</param>
    /// <param name="indices">Receives the choices, [rows], or [rows, choices] of several.</param>
    /// <param name="raw">Receives real numbers before scaling and clipping, [rows, dimensions].</param>
    /// <param name="logProbabilities">Receives log pi(a|s), [rows]; empty if not wanted.</param>
    /// <param name="values">Receives V, [rows]; empty if not wanted, then the critic is not applied.</param>
    public void Act(
        FrameBatch frames, bool isGreedy, ref Randomness random, Span<int> indices, Span<float> raw, Span<float> logProbabilities, Span<float> values) =>
        Act(frames, isGreedy, ref random, default, indices, raw, logProbabilities, values);

    /// <summary>The same for some rows of a step, the others' draws being skipped.</summary>
    internal void Act(
        FrameBatch frames, bool isGreedy, ref Randomness random, RowsBeside beside, Span<int> indices, Span<float> raw, Span<float> logProbabilities, Span<float> values)
    {
        using var step = Step.Begin(Parameters.Device, Gradient.None);
        var observations = Tensor.From(frames.Observations, frames.Rows, Spec.ObservationSize);
        if (!values.IsEmpty) Value(observations).CopyTo(values);
        _head.Act(_head.Distribution(_actor.Forward(observations), _head.LegalOf(frames)), frames.Rows, isGreedy, ref random, beside, indices, raw, logProbabilities);
    }

    /// <summary>Scales and clips real numbers from the distribution's unit to the environment's.</summary>
    /// <param name="raw">[rows, dimensions].</param>
    /// <param name="values">Receives the environment's actions, [rows, dimensions].</param>
    public void ToBox(ReadOnlySpan<float> raw, Span<float> values) => _head.ToBox(raw, values);

    void IRolloutActor.Act(FrameBatch frames, ref Randomness random, RowsBeside beside, Span<int> indices, Span<float> raw, Span<float> logProbabilities, Span<float> values) =>
        Act(frames, isGreedy: false, ref random, beside, indices, raw, logProbabilities, values);

    void IRolloutActor.ValueNext(FrameBatch frames, Span<float> values) => Value(frames, values);

    void IRolloutActor.ValueFinal(in Transition transition, Span<float> values) => Value(transition.FinalFrames, values);

    void IRolloutActor.EndRows(ReadOnlySpan<int> rows) { }

    private Tensor Value(Tensor observations) => _critic.Forward(observations).Reshape(-1);
}
