using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Experience;

/// <summary>Some steps of a rollout, gathered side by side. Owns its memory, made once; tensors are made of it inside a step.</summary>
/// <param name="size">M, steps per minibatch, at least 1.</param>
/// <param name="spec">Gives the sizes.</param>
public sealed class Minibatch(int size, EnvironmentSpec spec)
{
    private readonly float[] _observations = new float[size * spec.ObservationSize];
    private readonly bool[] _legal = new bool[size * spec.Actions.LegalCount];
    private readonly int[] _actionIndices = new int[size * spec.Actions.IndexCount];
    private readonly float[] _actionValues = new float[size * spec.Actions.ValueCount];
    private readonly float[] _logProbabilities = new float[size];
    private readonly float[] _advantages = new float[size];
    private readonly float[] _returns = new float[size];

    /// <summary>M, steps per minibatch.</summary>
    public int Size => size;

    /// <summary>Bytes held.</summary>
    public long Bytes => Buffer.ByteLength(_observations) + Buffer.ByteLength(_legal) + Buffer.ByteLength(_actionIndices) + Buffer.ByteLength(_actionValues) + 12L * size;

    /// <summary>Observations, [M, size].</summary>
    public Tensor Observations => Tensor.From(_observations, size, spec.ObservationSize);

    /// <summary>Legal actions, [M, count]; no mask where the space has none.</summary>
    public Mask Legal => _legal.Length == 0 ? default : Mask.From(_legal, size, spec.Actions.LegalCount);

    /// <summary>Chosen indices, [M], or [M, choices] of several; empty for a box.</summary>
    public Indices ActionIndices => spec.Actions is ActionSpace.MultiDiscrete or ActionSpace.Composite
        ? Indices.From(_actionIndices, size, spec.Actions.IndexCount)
        : Indices.From(_actionIndices, _actionIndices.Length);

    /// <summary>Chosen values, [M, dimensions]; of no dimension for discrete spaces.</summary>
    public Tensor ActionValues => Tensor.From(_actionValues, size, spec.Actions.ValueCount);

    /// <summary>Log-probabilities under the policy that chose, [M].</summary>
    public Tensor LogProbabilities => Tensor.From(_logProbabilities, size);

    /// <summary>Advantages, [M].</summary>
    public Tensor Advantages => Tensor.From(_advantages, size);

    /// <summary>Value targets, [M].</summary>
    public Tensor Returns => Tensor.From(_returns, size);

    /// <summary>Shifts and scales the advantages of this minibatch to mean 0 and standard deviation 1.</summary>
    /// <remarks>Sample deviation plus 1e-8, as in the published implementations; the sums are in double. A minibatch of one is only centred.</remarks>
    public void NormalizeAdvantages() => Standardization.Apply(_advantages);

    /// <summary>Takes all steps of a rollout in their order, [T N].</summary>
    /// <param name="rollout">As many steps as this has room for.</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public void Take(Rollout rollout)
    {
        if (rollout.Count != size) throw new ArgumentException($"A minibatch of {size} steps cannot take a rollout of {rollout.Count}.", nameof(rollout));
        rollout.Observations.CopyTo(_observations, 0);
        rollout.Legal.CopyTo(_legal, 0);
        rollout.ActionIndices.CopyTo(_actionIndices, 0);
        rollout.ActionValues.CopyTo(_actionValues, 0);
        rollout.LogProbabilities.CopyTo(_logProbabilities, 0);
        rollout.Advantages.CopyTo(_advantages, 0);
        rollout.Returns.CopyTo(_returns, 0);
    }

    internal void Fill(Rollout rollout, ReadOnlySpan<int> steps)
    {
        Gather<float>(rollout.Observations, _observations, steps);
        Gather<bool>(rollout.Legal, _legal, steps);
        Gather<int>(rollout.ActionIndices, _actionIndices, steps);
        Gather<float>(rollout.ActionValues, _actionValues, steps);
        Gather<float>(rollout.LogProbabilities, _logProbabilities, steps);
        Gather<float>(rollout.Advantages, _advantages, steps);
        Gather<float>(rollout.Returns, _returns, steps);
    }

    private static void Gather<T>(ReadOnlySpan<T> from, Span<T> to, ReadOnlySpan<int> steps)
    {
        var width = to.Length / steps.Length;
        if (width == 1)
        {
            for (var i = 0; i < steps.Length; i++) to[i] = from[steps[i]];
            return;
        }
        if (width == 0) return;
        for (var i = 0; i < steps.Length; i++) from.Slice(steps[i] * width, width).CopyTo(to.Slice(i * width, width));
    }
}
