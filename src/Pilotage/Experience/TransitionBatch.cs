using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>Transitions drawn from an <see cref="IReplay"/>, side by side. Owns its memory, made once.</summary>
/// <param name="size">M, transitions per batch, at least 1.</param>
/// <param name="spec">Gives the sizes.</param>
public sealed class TransitionBatch(int size, EnvironmentSpec spec)
{
    /// <summary>M, transitions per batch.</summary>
    public int Size => size;

    /// <summary>Bytes held.</summary>
    public long Bytes => 4L * (2 * Observations.Length + ActionIndices.Length + ActionValues.Length + 4 * size) + NextLegal.Length;

    /// <summary>Where each began, [M, size].</summary>
    public float[] Observations { get; } = new float[size * spec.ObservationSize];

    /// <summary>The chosen indices, [M, <see cref="ActionSpace.IndexCount"/>].</summary>
    public int[] ActionIndices { get; } = new int[size * spec.Actions.IndexCount];

    /// <summary>The chosen values of a box, in the environment's own unit, [M, <see cref="ActionSpace.ValueCount"/>].</summary>
    public float[] ActionValues { get; } = new float[size * spec.Actions.ValueCount];

    /// <summary>Sums of discounted rewards, [M].</summary>
    public float[] Rewards { get; } = new float[size];

    /// <summary>Factors of the next values, [M]: gamma to the number of steps, 0 where the episode terminated.</summary>
    public float[] Discounts { get; } = new float[size];

    /// <summary>Where each led, [M, size].</summary>
    public float[] NextObservations { get; } = new float[size * spec.ObservationSize];

    /// <summary>Legal actions there, [M, count]; empty without mask.</summary>
    public bool[] NextLegal { get; } = new bool[size * spec.Actions.LegalCount];

    /// <summary>Importance weights in (0, 1], [M]: how much each counts in the loss. All 1 from a uniform replay.</summary>
    public float[] Weights { get; } = new float[size];

    /// <summary>Where each stands in the replay, [M].</summary>
    public int[] Places { get; } = new int[size];
}
