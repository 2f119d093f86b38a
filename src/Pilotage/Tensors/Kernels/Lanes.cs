using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>What all kernels share: sixteen lanes, on every machine, and one order of horizontal sums.</summary>
internal static unsafe class Lanes
{
    public const int Count = 16;

    /// <summary>The next multiple of the lanes.</summary>
    public static int Whole(int count) => (count + Count - 1) & -Count;

    /// <summary>All bits set in the first lanes, none in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> First(int lanes) =>
        Vector512.LessThan(Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), Vector512.Create(lanes)).AsSingle();

    /// <summary>Stores the first lanes and rewrites what the others' places held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector512<float> value, float* destination, Vector512<float> first) =>
        Vector512.ConditionalSelect(first, value, Vector512.Load(destination)).Store(destination);

    /// <summary>Sum of the lanes by halves: 8 + 8, 4 + 4, 2 + 2, 1 + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> value)
    {
        var eight = value.GetLower() + value.GetUpper();
        var four = eight.GetLower() + eight.GetUpper();
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return (two + Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>Sum of the lanes by halves.</summary>
    public static double Sum(Vector512<double> value)
    {
        var four = value.GetLower() + value.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }

    /// <summary>Largest of the lanes; NaN where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(Vector512<float> value)
    {
        var eight = Vector256.Max(value.GetLower(), value.GetUpper());
        var four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        var two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Max(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
