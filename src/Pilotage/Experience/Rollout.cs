using Pilotage.Credit;
using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>On-policy experience of T steps in N rows, flat and row-major [T, N, …]. Allocated once, overwritten by each collection.</summary>
public sealed class Rollout
{
    private readonly int[] _order;

    /// <summary>Makes room.</summary>
    /// <param name="horizon">T, steps per row, at least 1.</param>
    /// <param name="environment">Gives N and the sizes.</param>
    public Rollout(int horizon, IVectorEnvironment environment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        var spec = environment.Spec;
        Horizon = horizon;
        Rows = environment.Rows;
        Spec = spec;
        Observations = new float[Count * spec.ObservationSize];
        Legal = new bool[Count * spec.Actions.LegalCount];
        ActionIndices = new int[Count * spec.Actions.IndexCount];
        ActionValues = new float[Count * spec.Actions.ValueCount];
        LogProbabilities = new float[Count];
        Values = new float[Count];
        NextValues = new float[Count];
        Rewards = new float[Count];
        Ends = new End[Count];
        Advantages = new float[Count];
        Returns = new float[Count];
        _order = new int[Count];
    }

    /// <summary>T, steps per row.</summary>
    public int Horizon { get; }

    /// <summary>N, rows of the environment.</summary>
    public int Rows { get; }

    /// <summary>T times N.</summary>
    public int Count => Horizon * Rows;

    /// <summary>Bytes held.</summary>
    public long Bytes => Buffer.ByteLength(Observations) + Buffer.ByteLength(Legal) + Buffer.ByteLength(ActionIndices) + Buffer.ByteLength(ActionValues)
        + 7L * Buffer.ByteLength(Rewards) + Ends.Length;

    /// <summary>The environment's description.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Observations acted on, [T, N, size].</summary>
    public float[] Observations { get; }

    /// <summary>Legal actions, [T, N, count]; empty without mask.</summary>
    public bool[] Legal { get; }

    /// <summary>Chosen indices, [T, N, choices]; empty for a box.</summary>
    public int[] ActionIndices { get; }

    /// <summary>Chosen values as the distribution gave them, before scaling and clipping to the box, [T, N, dimensions]; empty for discrete spaces.</summary>
    public float[] ActionValues { get; }

    /// <summary>Log-probability of each action under the policy that chose it, [T, N].</summary>
    public float[] LogProbabilities { get; }

    /// <summary>V of each observation, [T, N].</summary>
    public float[] Values { get; }

    /// <summary>V of the true next observation, [T, N]: of the final frame where the episode was truncated; not used where it terminated.</summary>
    public float[] NextValues { get; }

    /// <summary>Reward of each step, [T, N].</summary>
    public float[] Rewards { get; }

    /// <summary>End of each step, [T, N].</summary>
    public End[] Ends { get; }

    /// <summary>Advantages, [T, N], after <see cref="ComputeAdvantages"/>.</summary>
    public float[] Advantages { get; }

    /// <summary>Value targets, advantage plus value, [T, N], after <see cref="ComputeAdvantages"/>.</summary>
    public float[] Returns { get; }

    /// <summary>Fills <see cref="Advantages"/> by <see cref="Gae"/> and <see cref="Returns"/>.</summary>
    /// <param name="discount">gamma, in [0, 1].</param>
    /// <param name="traceDecay">lambda, in [0, 1].</param>
    public void ComputeAdvantages(double discount, double traceDecay)
    {
        Gae.Compute(Rewards, Values, NextValues, Ends, Rows, discount, traceDecay, Advantages);
        for (var i = 0; i < Count; i++) Returns[i] = Advantages[i] + Values[i];
    }

    /// <summary>Share of the returns' variance that the values explain: 1 - Var(R - V) / Var(R). 1 is perfect, 0 no better than a constant.</summary>
    /// <returns>At most 1; NaN where the returns do not vary.</returns>
    public double ExplainedVariance()
    {
        double returns = 0, squares = 0, errors = 0, errorSquares = 0;
        for (var i = 0; i < Count; i++)
        {
            returns += Returns[i];
            squares += (double)Returns[i] * Returns[i];
            errors += Advantages[i];
            errorSquares += (double)Advantages[i] * Advantages[i];
        }
        var variance = squares / Count - returns / Count * (returns / Count);
        return variance > 0 ? 1 - (errorSquares / Count - errors / Count * (errors / Count)) / variance : double.NaN;
    }

    /// <summary>Goes through all steps several times, each time in a new random order, in minibatches.</summary>
    /// <param name="epochs">Passes, at least 1.</param>
    /// <param name="minibatch">Filled again and again; its size must divide T times N.</param>
    /// <param name="random">Shuffles.</param>
    /// <returns>An enumerable for <c>foreach</c>.</returns>
    /// <exception cref="ArgumentException">The size does not divide T times N.</exception>
    public MinibatchSequence Minibatches(int epochs, Minibatch minibatch, ref Randomness random)
    {
        if (Count % minibatch.Size != 0) throw new ArgumentException($"Minibatches of {minibatch.Size} do not divide {Count} steps.", nameof(minibatch));
        for (var i = 0; i < Count; i++) _order[i] = i;
        return new(this, epochs, minibatch, _order, ref random);
    }
}
