using Pilotage.Distributions;
using Pilotage.Environments;
using Pilotage.Policies.Descriptors;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>A network that gives a Gaussian for each state, squashed by the hyperbolic tangent into the box of actions.</summary>
/// <remarks>
/// Its unit is half the box's width around the box's centre, in which actions lie within (-1, 1); <see cref="ToBox"/> and <see cref="ToUnit"/> go to and fro. The logarithm of the deviation is
/// held within [-20, 2] as in the code of arXiv:1812.05905: beyond, tangent and density saturate. An <see cref="ActorForm"/> changes what the network is made of. Where the observation lists candidates
/// and the box has a number for each, the same weights give each candidate its Gaussian.
/// </remarks>
public sealed class SquashedActor
{
    private const float LeastLogDeviation = -20;
    private const float MostLogDeviation = 2;
    private readonly ObservationNetwork _network;

    /// <summary>Makes the network.</summary>
    /// <param name="spec">Gives the sizes of observations and actions.</param>
    /// <param name="hidden">Width of each hidden layer.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="random">The stream to draw the weights from.</param>
    /// <param name="device">Where the network is computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <param name="form">Normalisation, dropout and the deviation's form; <see langword="null"/> for none, none and the exponential.</param>
    /// <exception cref="UserMistakeException">The action space is not a box.</exception>
    public SquashedActor(EnvironmentSpec spec, IReadOnlyList<int> hidden, Activation activation, ref Randomness random, Device? device = null, ActorForm? form = null)
    {
        var box = spec.Actions as ActionSpace.Box ?? throw new UserMistakeException($"{spec.Name} has discrete actions; a squashed Gaussian needs a box of real numbers. Choose an algorithm for its actions, such as dqn or ppo.");
        Spec = spec;
        (Hidden, Activation, Form) = ([.. hidden], activation, form ?? new());
        Parameters = new(device);
        Unit = new(box);
        _network = ObservationNetwork.OfActions(
            Parameters, "actor", spec, hidden, 2 * Dimensions, activation, 0.01, ref random, normalization: Form.Normalization, dropout: Form.Dropout);
        Sampling = new Policy(this, isGreedy: false);
        Greedy = new Policy(this, isGreedy: true);
    }

    /// <summary>The environment's description.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Numbers per action.</summary>
    public int Dimensions => Unit.Dimensions;

    /// <summary>Width of each hidden layer.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>After each hidden layer.</summary>
    public Activation Activation { get; }

    /// <summary>What the network has besides linear layers.</summary>
    public ActorForm Form { get; }

    /// <summary>All weights.</summary>
    public Parameters Parameters { get; }

    /// <summary>Draws from the distribution.</summary>
    public IPortablePolicy Sampling { get; }

    /// <summary>Takes the tangent of the mean.</summary>
    public IPortablePolicy Greedy { get; }

    /// <summary>Applies the network, without dropout.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <returns>Mean and logarithm of the deviation before squashing, each [rows, dimensions].</returns>
    public (Tensor Mean, Tensor LogDeviation) Forward(Tensor observations) => Moments(_network.Forward(observations));

    /// <summary>Draws actions in (-1, 1) with the gradient of the network.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="normals">Standard normal numbers, [rows, dimensions].</param>
    /// <returns>Actions [rows, dimensions] and their log-density in the actor's unit, [rows].</returns>
    public (Tensor Actions, Tensor LogProbability) Sample(Tensor observations, Tensor normals)
    {
        var (mean, logDeviation) = Forward(observations);
        return TanhGaussian.Sample(mean, logDeviation, normals);
    }

    /// <summary>The same with dropout, for training. Without a dropout rate it is <see cref="Sample"/>, and draws nothing.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="normals">Standard normal numbers, [rows, dimensions].</param>
    /// <param name="random">Decides what is dropped.</param>
    /// <returns>Actions [rows, dimensions] and their log-density in the actor's unit, [rows].</returns>
    public (Tensor Actions, Tensor LogProbability) SampleWithDropout(Tensor observations, Tensor normals, ref Randomness random)
    {
        var (mean, logDeviation) = Moments(_network.ForwardWithDropout(observations, ref random));
        return TanhGaussian.Sample(mean, logDeviation, normals);
    }

    /// <summary>Chooses actions.</summary>
    /// <param name="frames">Observations.</param>
    /// <param name="normals">Standard normal numbers, [rows, dimensions]; empty for the tangent of the mean.</param>
    /// <param name="values">Receives the actions in the environment's unit, [rows, dimensions].</param>
    public void Act(FrameBatch frames, ReadOnlySpan<float> normals, Span<float> values)
    {
        using var step = Step.Begin(Parameters.Device, Gradient.None);
        var (mean, logDeviation) = Forward(Tensor.From(frames.Observations, frames.Rows, Spec.ObservationSize));
        var chosen = normals.IsEmpty ? TanhGaussian.Median(mean) : TanhGaussian.Sample(mean, logDeviation, Tensor.From(normals, frames.Rows, Dimensions)).Actions;
        chosen.CopyTo(values);
        ToBox(values);
    }

    /// <summary>From the actor's unit to the environment's.</summary>
    /// <param name="values">[rows, dimensions], changed in place.</param>
    public void ToBox(Span<float> values) => Unit.ToBox(values);

    /// <summary>From the environment's unit to the actor's.</summary>
    /// <param name="values">[rows, dimensions], within the box.</param>
    /// <param name="unit">Receives numbers in [-1, 1], [rows, dimensions]. A box outside is outside here too.</param>
    public void ToUnit(ReadOnlySpan<float> values, Span<float> unit) => Unit.ToUnit(values, unit);

    /// <summary>Half the box's width around its centre.</summary>
    internal BoxUnit Unit { get; }

    private (Tensor Mean, Tensor LogDeviation) Moments(Tensor outputs)
    {
        if (Spec.Candidates is not null) outputs = outputs.Reshape(outputs.Shape[0], Dimensions, 2).Transpose(1, 2).Reshape(outputs.Shape[0], 2 * Dimensions);     // means first, as of plain numbers
        var raw = outputs.Slice(1, Dimensions, Dimensions);
        return (outputs.Slice(1, 0, Dimensions), Form.Deviation == DeviationForm.Softplus ? DiagonalGaussian.SoftplusDeviation(raw).Log() : raw.Clamp(LeastLogDeviation, MostLogDeviation));
    }

    private sealed class Policy(SquashedActor actor, bool isGreedy) : IPortablePolicy
    {
        public IReadOnlyList<WeightBlock> Weights => actor.Parameters.Blocks;

        public PolicyDescriptor Describe() => new SquashedActorDescriptor(actor.Hidden, actor.Activation, isGreedy, actor.Form.Normalization, actor.Form.Deviation);

        public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
        {
            using var normals = new Scratch(isGreedy ? 0 : actions.Values.Length);
            random.FillNormal(normals.Values);
            actor.Act(frames, normals.Values, actions.Values);
        }
    }
}
