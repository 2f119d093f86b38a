using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pilotage.Experience;

/// <summary>Weights of many places, their sum, and the place at which a running sum passes a number: drawing in proportion to weight, with cheap changes.</summary>
/// <remarks>
/// An implicit tree of eight children a node, which are one cache line, so a million places are seven levels. A node is always the sum of its children, added
/// from left to right when one of them changed; no difference is ever added to a sum. So rounding cannot pile up: after any number of changes all sums have the bits that
/// a tree built anew from the same weights has, and the weights are all that need be saved.
/// </remarks>
public sealed class SumTree
{
    private const int Shift = 3;
    private const int Children = 1 << Shift;
    private readonly double[][] _levels;                                                 // the weights first, the root's children last

    /// <summary>Makes a tree of weights 0.</summary>
    /// <param name="count">Places, at least 1.</param>
    public SumTree(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        var levels = new List<double[]>();
        for (var nodes = count; ; nodes = (nodes + Children - 1) >> Shift)
        {
            levels.Add(new double[(nodes + Children - 1) >> Shift << Shift]);            // whole groups; what is too many stays 0 and is never found
            if (nodes <= Children) break;
        }
        _levels = [.. levels];
    }

    /// <summary>Number of places.</summary>
    public int Count { get; }

    /// <summary>Sum of all weights.</summary>
    public double Total { get; private set; }

    /// <summary>Bytes held.</summary>
    public long Bytes => _levels.Sum(level => (long)level.Length) * sizeof(double);

    /// <summary>The weight of a place: finite, at least 0; 0 is never found.</summary>
    /// <param name="place">In [0, <see cref="Count"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
    public double this[int place]
    {
        get => _levels[0][place];
        set
        {
            if (!(value >= 0 && double.IsFinite(value))) throw new ArgumentOutOfRangeException(nameof(value), $"SumTree: the weight of place {place} is {value}; it must be finite and at least 0.");
            _levels[0][place] = value;
            for (var level = 1; level < _levels.Length; level++)
            {
                place >>= Shift;
                _levels[level][place] = SumOfGroup(_levels[level - 1], place);
            }
            Total = SumOfGroup(_levels[^1], 0);
        }
    }

    /// <summary>The first place at which the sum of the weights up to it is above a number.</summary>
    /// <param name="mass">In [0, <see cref="Total"/>); uniform there, places are found in proportion to their weights.</param>
    /// <returns>A place of weight above 0.</returns>
    /// <exception cref="InvalidOperationException">All weights are 0.</exception>
    public int Find(double mass)
    {
        var place = 0;
        Find(new(ref mass), new(ref place));
        return place;
    }

    /// <summary>The places of many numbers at once, which costs a fraction of finding them one by one.</summary>
    /// <param name="masses">Each in [0, <see cref="Total"/>); overwritten.</param>
    /// <param name="places">Receives as many places of weight above 0.</param>
    /// <exception cref="InvalidOperationException">All weights are 0.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Find(Span<double> masses, Span<int> places)
    {
        if (!(Total > 0)) throw new InvalidOperationException("SumTree: all weights are 0; there is nothing to find.");
        if (masses.Length != places.Length) throw new ArgumentException($"SumTree: {masses.Length} masses but room for {places.Length} places; wanted one for each.", nameof(places));
        places.Clear();
        // Level by level: the numbers do not wait for each other, so their cache misses and sums overlap.
        for (var level = _levels.Length - 1; level >= 0; level--)
            for (var i = 0; i < masses.Length; i++) Descend(_levels[level], ref masses[i], ref places[i]);
    }

    /// <summary>The first weights.</summary>
    /// <param name="count">How many, in [0, <see cref="Count"/>].</param>
    /// <returns>A view.</returns>
    public ReadOnlySpan<double> Weights(int count) => _levels[0].AsSpan(0, count);

    /// <summary>Replaces all weights and builds every sum anew.</summary>
    /// <param name="weights">Of the first places; the others become 0.</param>
    public void Fill(ReadOnlySpan<double> weights)
    {
        weights.CopyTo(_levels[0]);
        _levels[0].AsSpan(weights.Length).Clear();
        for (var level = 1; level < _levels.Length; level++)
            for (var node = 0; node << Shift < _levels[level - 1].Length; node++) _levels[level][node] = SumOfGroup(_levels[level - 1], node);
        Total = SumOfGroup(_levels[^1], 0);
    }

    /// <summary>From a node to the child in which the mass falls, and what of the mass lies in it.</summary>
    private static void Descend(double[] level, ref double mass, ref int place)
    {
        ref var group = ref MemoryMarshal.GetReference(level.AsSpan(place << Shift, Children));
        // No branch depends on where the mass falls: it would be mispredicted at each level.
        Span<double> before = stackalloc double[Children];                               // what lies before each child
        before[0] = 0;
        var (child, sum) = (0, 0.0);
        for (var i = 0; i < Children - 1; i++)
        {
            sum += Unsafe.Add(ref group, i);
            before[i + 1] = sum;
            child += Unsafe.BitCast<bool, byte>(mass >= sum);
        }
        // What is left of the mass can be rounded up to a node's whole sum or past it, where a child without weight may stand; then the last one with weight is meant.
        while (child > 0 && Unsafe.Add(ref group, child) == 0) child--;
        mass -= before[child];
        place = (place << Shift) + child;
    }

    private static double SumOfGroup(double[] level, int node)
    {
        var group = level.AsSpan(node << Shift, Children);
        var sum = 0.0;
        foreach (var weight in group) sum += weight;
        return sum;
    }
}
