using Pilotage.Numerics;

namespace Pilotage.Experience.Datasets;

/// <summary>How much of the states and actions that a reference holds a data set holds too, counted as distinct pairs (SACo), and how evenly.</summary>
/// <remarks>
/// Source: arXiv:2111.04714, section 3. Symbols: u number of distinct pairs, H entropy of their frequencies in nats; exp(H) &lt;= u, with equality where all are equally frequent.
/// Pairs are counted exactly, where the reference implementation estimates their number within 1%. Not clipped: a data set may hold more than the reference. Every transition counts,
/// also those of pieces.
/// </remarks>
public sealed class Coverage
{
    private readonly TransitionDataset _reference;
    private readonly double[] _low;                                                      // per axis of the observation, then of the action's values
    private readonly double[] _high;

    /// <summary>Measures the reference.</summary>
    /// <param name="reference">Usually the replay of the run whose policy the data sets come from.</param>
    /// <param name="bins">What counts as the same.</param>
    public Coverage(TransitionDataset reference, CoverageBins bins)
    {
        (_reference, Bins) = (reference, bins);
        var (size, values) = (reference.Spec.ObservationSize, reference.Spec.Actions.ValueCount);
        (_low, _high) = (new double[size + values], new double[size + values]);
        _low.AsSpan().Fill(double.PositiveInfinity);
        _high.AsSpan().Fill(double.NegativeInfinity);
        Widen(reference.Steps.Observations, size, 0);
        Widen(reference.Steps.ActionValues, values, size);
        ReferencePairs = Unique(reference);
    }

    /// <summary>What counts as the same.</summary>
    public CoverageBins Bins { get; }

    /// <summary>u of the reference.</summary>
    public long ReferencePairs { get; }

    /// <summary>SACo: u of a data set by u of the reference.</summary>
    /// <param name="dataset">Of the same environment.</param>
    /// <returns>Above 0; 1 for the reference.</returns>
    /// <exception cref="UserMistakeException">It does not fit the reference (PIL1112).</exception>
    public double Of(TransitionDataset dataset) => (double)Unique(dataset) / ReferencePairs;

    /// <summary>lSACo: log u of a data set by log u of the reference.</summary>
    /// <param name="dataset">Of the same environment.</param>
    /// <returns>At least 0; 1 for the reference. NaN where the reference holds a single pair.</returns>
    /// <exception cref="UserMistakeException">It does not fit the reference (PIL1112).</exception>
    public double LogOf(TransitionDataset dataset) => ReferencePairs == 1 ? double.NaN : Logarithm.Log(Unique(dataset)) / Logarithm.Log(ReferencePairs);

    /// <summary>u: the number of distinct pairs of state and action.</summary>
    /// <param name="dataset">Of the same environment.</param>
    /// <returns>At least 1, at most the number of transitions.</returns>
    /// <exception cref="UserMistakeException">It does not fit the reference (PIL1112).</exception>
    public long Unique(TransitionDataset dataset) => Count(dataset).Count;

    /// <summary>H: the entropy of how often each pair occurs, the plug-in estimate.</summary>
    /// <param name="dataset">Of the same environment.</param>
    /// <returns>In nats, in [0, log u].</returns>
    /// <exception cref="UserMistakeException">It does not fit the reference (PIL1112).</exception>
    public double Entropy(TransitionDataset dataset)
    {
        var sum = 0.0;
        foreach (var count in Count(dataset).Values) sum += count * Logarithm.Log(count);
        return Math.Max(0, Logarithm.Log(dataset.Count) - sum / dataset.Count);
    }

    // How often each pair occurs, by the first step that shows it.
    private Dictionary<int, int> Count(TransitionDataset dataset)
    {
        dataset.ThrowUnlessLike(_reference.Spec);
        var counts = new Dictionary<int, int>(new Pairs(dataset, this));
        for (var step = 0; step < dataset.Count; step++)
            counts[step] = counts.GetValueOrDefault(step) + 1;
        return counts;
    }

    private void Widen(ReadOnlySpan<float> values, int width, int axis)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var at = axis + i % width;
            _low[at] = Math.Min(_low[at], values[i]);
            _high[at] = Math.Max(_high[at], values[i]);
        }
    }

    // The number of edges that are not above the value, as a histogram counts: 0 below the first, all from the last one on.
    private int Bin(int axis, float value)
    {
        var (low, high) = (_low[axis], _high[axis]);
        if (Bins.Edges == 0) return BitConverter.SingleToInt32Bits(value + 0f);           // the two zeros are the same number
        if (value < low) return 0;
        if (value >= high) return Bins.Edges;
        var width = (high - low) / (Bins.Edges - 1);
        var bin = Math.Clamp((int)((value - low) / width), 0, Bins.Edges - 2);
        if (value < low + bin * width) bin--;                                             // the quotient was rounded across an edge
        else if (bin < Bins.Edges - 2 && value >= low + (bin + 1) * width) bin++;
        return bin + 1;
    }

    // Steps compare by the bins of what was seen and done; nothing is copied.
    private sealed class Pairs(TransitionDataset dataset, Coverage coverage) : IEqualityComparer<int>
    {
        private readonly Demonstrations _steps = dataset.Steps;
        private readonly int _size = dataset.Spec.ObservationSize;

        public bool Equals(int one, int other)
        {
            if (one == other) return true;
            if (!_steps.Action(one).Indices.SequenceEqual(_steps.Action(other).Indices)) return false;
            return SameBins(_steps.Observation(one), _steps.Observation(other), 0) && SameBins(_steps.Action(one).Values, _steps.Action(other).Values, _size);
        }

        public int GetHashCode(int step)
        {
            var hash = 0xCBF29CE484222325;                                                // FNV-1a, 64 bit, a word at a time
            foreach (var index in _steps.Action(step).Indices) hash = (hash ^ (uint)index) * 0x100000001B3;
            hash = Mix(hash, _steps.Observation(step), 0);
            hash = Mix(hash, _steps.Action(step).Values, _size);
            hash *= 0x9E3779B97F4A7C15;
            return (int)(hash >> 32);
        }

        private bool SameBins(ReadOnlySpan<float> one, ReadOnlySpan<float> other, int axis)
        {
            for (var i = 0; i < one.Length; i++)
                if (one[i] != other[i] && coverage.Bin(axis + i, one[i]) != coverage.Bin(axis + i, other[i])) return false;
            return true;
        }

        private ulong Mix(ulong hash, ReadOnlySpan<float> values, int axis)
        {
            for (var i = 0; i < values.Length; i++) hash = (hash ^ (uint)coverage.Bin(axis + i, values[i])) * 0x100000001B3;
            return hash ^ hash >> 29;
        }
    }
}
