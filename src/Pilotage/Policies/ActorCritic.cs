using Pilotage.Distributions;
using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Policies;

/// <summary>Two networks of the same shape over the same observations: one says which action, the other what the state is worth.</summary>
/// <remarks>
/// Discrete spaces get a categorical distribution over legal actions, one for each choice. Boxes get a Gaussian with a deviation that does not depend on the state; its unit is half
/// the box's width around the box's centre, and what falls outside the box is clipped on its way to the environment, while the distribution keeps the unclipped value.
/// </remarks>
public sealed class ActorCritic
{
    private readonly Mlp _actor;
    private readonly Mlp _critic;
    private readonly Parameter? _logDeviation;

    /// <summary>Makes the networks.</summary>
    /// <param name="spec">Gives the sizes of observations and actions.</param>
    /// <param name="hidden">Width of each hidden layer of each network.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="seeds">Their <see cref="SeedTree.Initialisation"/> branch fills the weights.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    public ActorCritic(EnvironmentSpec spec, IReadOnlyList<int> hidden, Activation activation, SeedTree seeds, Device? device = null)
    {
        Spec = spec;
        Parameters = new(device);
        (Hidden, Activation) = ([.. hidden], activation);
        var outputs = spec.Actions is ActionSpace.Box ? spec.Actions.ValueCount : LogitCount(spec.Actions);
        var random = seeds.Initialisation.Start();
        _actor = new(Parameters, "policy", spec.ObservationSize, hidden, outputs, activation, 0.01, ref random);
        _critic = new(Parameters, "value", spec.ObservationSize, hidden, 1, activation, 1, ref random);
        if (spec.Actions is ActionSpace.Box) _logDeviation = Parameters.Add("policy.log_deviation", new(outputs), new Initializer.Constant(0), ref random);
        Sampling = new ActorPolicy(this, isGreedy: false);
        Greedy = new ActorPolicy(this, isGreedy: true);
    }

    /// <summary>The environment's description.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Width of each hidden layer of each network.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>After each hidden layer.</summary>
    public Activation Activation { get; }

    /// <summary>All weights of both networks.</summary>
    public Parameters Parameters { get; }

    /// <summary>Draws from the distribution.</summary>
    public IPolicy Sampling { get; }

    /// <summary>Takes the most probable action, or the mean.</summary>
    public IPolicy Greedy { get; }

    /// <summary>Applies both networks.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="legal">[rows, count]; default for no mask.</param>
    /// <returns>The distribution over actions, and V of each row, [rows].</returns>
    public (ActionDistribution Pi, Tensor Value) Forward(Tensor observations, Mask legal) => (Distribution(observations, legal), Value(observations));

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
    /// <param name="isGreedy">Whether to take the most probable action, or the mean, instead of drawing.</param>
    /// <param name="random">Draws the actions.</param>
    /// <param name="indices">Receives a discrete space's actions, [rows], or [rows, choices] of several.</param>
    /// <param name="raw">Receives a box's actions before scaling and clipping, [rows, dimensions].</param>
    /// <param name="logProbabilities">Receives log pi(a|s), [rows]; empty if not wanted.</param>
    /// <param name="values">Receives V, [rows]; empty if not wanted, then the critic is not applied.</param>
    public void Act(
        FrameBatch frames, bool isGreedy, ref Randomness random, Span<int> indices, Span<float> raw, Span<float> logProbabilities, Span<float> values)
    {
        using var step = Step.Begin(Parameters.Device, Gradient.None);
        var observations = Tensor.From(frames.Observations, frames.Rows, Spec.ObservationSize);
        if (!values.IsEmpty) Value(observations).CopyTo(values);
        var legal = frames.Legal.IsEmpty ? default : Mask.From(frames.Legal, frames.Rows, Spec.Actions.LegalCount);
        var pi = Distribution(observations, legal);
        if (_logDeviation is null) Choose(pi, isGreedy, ref random, indices);
        else Draw(pi, isGreedy, ref random, raw);
        if (logProbabilities.IsEmpty) return;
        if (Spec.Actions is ActionSpace.MultiDiscrete several) pi.LogProbability(Indices.From(indices, frames.Rows, several.IndexCount), default).CopyTo(logProbabilities);
        else if (_logDeviation is null) pi.LogProbability(Indices.From(indices, frames.Rows), default).CopyTo(logProbabilities);
        else pi.LogProbability(default, Tensor.From(raw, frames.Rows, Spec.Actions.ValueCount)).CopyTo(logProbabilities);
    }

    /// <summary>Scales and clips a box's actions from the distribution's unit to the environment's.</summary>
    /// <param name="raw">[rows, dimensions].</param>
    /// <param name="values">Receives the environment's actions, [rows, dimensions].</param>
    public void ToBox(ReadOnlySpan<float> raw, Span<float> values)
    {
        if (Spec.Actions is not ActionSpace.Box box) return;
        for (var i = 0; i < raw.Length; i++)
        {
            var (low, high) = (box.Low[i % box.ValueCount], box.High[i % box.ValueCount]);
            values[i] = Math.Clamp((low + high) / 2 + raw[i] * (high - low) / 2, low, high);
        }
    }

    /// <summary>How many logits a space of discrete choices needs.</summary>
    internal static int LogitCount(ActionSpace space) => space switch
    {
        ActionSpace.Discrete discrete => discrete.Count,
        ActionSpace.MultiDiscrete several => several.Counts.Sum(),
        _ => 0,
    };

    private ActionDistribution Distribution(Tensor observations, Mask legal)
    {
        var output = _actor.Forward(observations);
        if (_logDeviation is not null) return ActionDistribution.FromMoments(output, Tensor.Of(_logDeviation));
        return Spec.Actions is ActionSpace.MultiDiscrete several ? ActionDistribution.FromChoices(output, several.Counts, legal) : ActionDistribution.FromLogits(output, legal);
    }

    private Tensor Value(Tensor observations) => _critic.Forward(observations).Reshape(-1);

    private static void Choose(in ActionDistribution pi, bool isGreedy, ref Randomness random, Span<int> indices)
    {
        var weights = isGreedy ? pi.Location : pi.Location.Exp();
        var width = weights.Shape[-1];
        using var scratch = new Scratch(indices.Length * width);
        weights.CopyTo(scratch.Values);
        for (var i = 0; i < indices.Length; i++)
        {
            var line = scratch.Values.Slice(i * width, width);
            indices[i] = isGreedy ? Categorical.Mode(line) : Categorical.Sample(line, random.NextSingle());
        }
    }

    private static void Draw(in ActionDistribution pi, bool isGreedy, ref Randomness random, Span<float> raw)
    {
        pi.Location.CopyTo(raw);
        if (isGreedy) return;
        var deviation = pi.LogDeviation.Exp();
        var width = deviation.Shape.Count;
        using var scratch = new Scratch(width);
        deviation.CopyTo(scratch.Values);
        for (var i = 0; i < raw.Length; i++) raw[i] += scratch.Values[i % width] * (float)random.NextNormal();
    }
}
