using Pilotage.Distributions;
using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Policies.Descriptors;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>A network whose outputs are the logits of one discrete choice. As a policy it draws a legal action.</summary>
public sealed class SoftmaxPolicy : IPortablePolicy
{
    internal const string Prefix = "policy";
    private readonly Mlp _logits;

    /// <summary>Adds the network to a set of parameters, where others may stand.</summary>
    /// <param name="spec">Gives the sizes of observations and actions.</param>
    /// <param name="hidden">Width of each hidden layer.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="parameters">Receives <c>policy.0.weight</c>, <c>policy.0.bias</c>, ….</param>
    /// <param name="random">The stream to draw the weights from.</param>
    /// <param name="initializer">Of all weights; <see langword="null"/> for orthogonal ones that begin near uniform.</param>
    /// <exception cref="UserMistakeException">The action space is not one discrete choice.</exception>
    public SoftmaxPolicy(
        EnvironmentSpec spec, IReadOnlyList<int> hidden, Activation activation, Parameters parameters, ref Randomness random, Initializer? initializer = null)
    {
        Spec = spec;
        (Hidden, Activation, Parameters) = ([.. hidden], activation, parameters);
        ActionCount = spec.Actions is ActionSpace.Discrete discrete
            ? discrete.Count
            : throw new UserMistakeException($"{spec.Name} has no single discrete choice of actions, which this policy needs. Choose an algorithm for its actions, such as ppo.");
        _logits = new(parameters, Prefix, spec.ObservationSize, hidden, ActionCount, activation, 0.01, ref random, initializer: initializer);
    }

    /// <summary>The environment's description.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Number of actions.</summary>
    public int ActionCount { get; }

    /// <summary>Width of each hidden layer.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>After each hidden layer.</summary>
    public Activation Activation { get; }

    /// <summary>The set that it stands in, others' weights included.</summary>
    public Parameters Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => [.. Parameters.Blocks.Where(block => block.Name.StartsWith(Prefix + ".", StringComparison.Ordinal))];

    /// <summary>Applies the network.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <returns>Logits, [rows, actions], of illegal actions too.</returns>
    public Tensor Logits(Tensor observations) => _logits.Forward(observations);

    /// <summary>Applies the network outside any step of the caller's.</summary>
    /// <param name="observations">[rows, size], flat.</param>
    /// <param name="legal">[rows, actions], flat; empty for no mask.</param>
    /// <param name="probabilities">Receives pi(a|s), [rows, actions]; exactly 0 of illegal actions.</param>
    /// <exception cref="ArgumentException">A row has no legal action.</exception>
    public void Probabilities(ReadOnlySpan<float> observations, ReadOnlySpan<bool> legal, Span<float> probabilities)
    {
        using var step = Step.Begin(Parameters.Device, Gradient.None);
        var rows = probabilities.Length / ActionCount;
        var mask = legal.IsEmpty ? default : Mask.From(legal, rows, ActionCount);
        Logits(Tensor.From(observations, rows, Spec.ObservationSize)).LogSoftmax(mask).Exp().CopyTo(probabilities);
    }

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        using var scratch = new Scratch(frames.Rows * ActionCount);
        Probabilities(frames.Observations, frames.Legal, scratch.Values);
        for (var row = 0; row < frames.Rows; row++)
            if (frames.IsActive(row)) actions.Indices[row] = Categorical.Sample(scratch.Values.Slice(row * ActionCount, ActionCount), random.NextSingle());
    }

    /// <inheritdoc/>
    public PolicyDescriptor Describe() => new SoftmaxDescriptor(Hidden, Activation);
}
