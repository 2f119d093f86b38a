using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>Transitions drawn from a <see cref="Replay"/>, side by side. Owns its memory, made once.</summary>
/// <param name="size">M, transitions per batch, at least 1.</param>
/// <param name="spec">Gives the sizes.</param>
public sealed class TransitionBatch(int size, EnvironmentSpec spec)
{
    /// <summary>M, transitions per batch.</summary>
    public int Size => size;

    /// <summary>Bytes held.</summary>
    public long Bytes => 2L * Buffer.ByteLength(Observations) + NextLegal.Length + 12L * size;

    /// <summary>Where each began, [M, size].</summary>
    public float[] Observations { get; } = new float[size * spec.ObservationSize];

    /// <summary>The chosen indices, [M].</summary>
    public int[] Actions { get; } = new int[size];

    /// <summary>Sums of discounted rewards, [M].</summary>
    public float[] Rewards { get; } = new float[size];

    /// <summary>Factors of the next values, [M]: gamma to the number of steps, 0 where the episode terminated.</summary>
    public float[] Discounts { get; } = new float[size];

    /// <summary>Where each led, [M, size].</summary>
    public float[] NextObservations { get; } = new float[size * spec.ObservationSize];

    /// <summary>Legal actions there, [M, count]; empty without mask.</summary>
    public bool[] NextLegal { get; } = new bool[size * spec.Actions.LegalCount];
}
