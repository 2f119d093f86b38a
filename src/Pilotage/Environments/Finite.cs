using System.Numerics;
using System.Runtime.InteropServices;

namespace Pilotage.Environments;

/// <summary>One vectorised pass that says whether numbers are usable. Who needs to know which one is not searches again, slowly.</summary>
internal static class Finite
{
    private const uint Magnitude = 0x7FFFFFFF;
    private const uint Infinity = 0x7F800000;      // NaN has the same exponent and a fraction, so it is above

    /// <summary>Whether no value is NaN or infinite.</summary>
    public static bool All(ReadOnlySpan<float> values)
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        var largest = 0u;
        if (bits.Length >= Vector<uint>.Count)
        {
            var magnitude = new Vector<uint>(Magnitude);
            var largestLanes = new Vector<uint>(bits[^Vector<uint>.Count..]) & magnitude;      // the tail overlaps: a maximum does not mind
            for (var i = 0; i + Vector<uint>.Count <= bits.Length; i += Vector<uint>.Count)
            {
                largestLanes = Vector.Max(largestLanes, new Vector<uint>(bits[i..]) & magnitude);
            }
            return !Vector.GreaterThanOrEqualAny(largestLanes, new Vector<uint>(Infinity));
        }
        foreach (var value in bits) largest = Math.Max(largest, value & Magnitude);
        return largest < Infinity;
    }

    /// <summary>Whether every index is in [0, <paramref name="count"/>).</summary>
    public static bool AllBelow(ReadOnlySpan<int> indices, int count)
    {
        var largest = 0u;
        var unsigned = MemoryMarshal.Cast<int, uint>(indices);                                  // a negative index becomes a huge one
        if (unsigned.Length >= Vector<uint>.Count)
        {
            var largestLanes = new Vector<uint>(unsigned[^Vector<uint>.Count..]);
            for (var i = 0; i + Vector<uint>.Count <= unsigned.Length; i += Vector<uint>.Count)
            {
                largestLanes = Vector.Max(largestLanes, new Vector<uint>(unsigned[i..]));
            }
            return !Vector.GreaterThanOrEqualAny(largestLanes, new Vector<uint>((uint)count));
        }
        foreach (var index in unsigned) largest = Math.Max(largest, index);
        return largest < (uint)count;
    }
}
