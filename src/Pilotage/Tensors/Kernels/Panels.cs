using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Blocks of matrices copied so that a tile reads them in a straight line: no page is crossed at every step and no two steps share a cache set.</summary>
internal static unsafe class Panels
{
    /// <summary>Rows of the highest tile.</summary>
    public const int TileRows = 6;

    /// <summary>Tiles whose rows are copied together: one and a half cache lines of each step.</summary>
    public const int Tiles = 4;

    /// <summary>From step to step of the copied rows of a tile: a vector that holds them.</summary>
    public const int RowStep = 8;

    /// <summary>Elements that the panels of a block of b fill.</summary>
    public static int Room(int steps, int columns, int width) => (steps + 3) * ((columns + width - 1) / width * width);

    /// <summary>Panels of width columns one behind another; in a panel step after step. Columns behind the last are arbitrary.</summary>
    /// <remarks>b's columns must be contiguous, and width a multiple of 16.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Copy(float* b, nint bStep, int steps, int columns, int width, float* panels)
    {
        for (var column = 0; column < columns; column += width, panels += (nint)steps * width)
        {
            var vectors = (Math.Min(width, columns - column) + 7) / 8;
            var source = b + column;
            var target = panels;
            for (var s = 0; s < steps; s++, source += bStep, target += width)
                for (var v = 0; v < vectors; v++) Vector256.Load(source + 8 * v).Store(target + 8 * v);
        }
    }

    /// <summary>The same panels from a transposed b, whose steps are contiguous.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Turn(float* b, nint bColumn, int steps, int columns, int width, float* panels)
    {
        for (var column = 0; column < columns; column += width, panels += (nint)steps * width)
        {
            var count = Math.Min(width, columns - column);
            var c = 0;
            if (Vector256.IsHardwareAccelerated)
                for (; c <= count - 8; c += 8) TurnVector<EightLanes, Vector256<float>>(b + (column + c) * bColumn, bColumn, steps, width, panels + c);
            for (; c <= count - 4; c += 4) TurnVector<FourLanes, Vector128<float>>(b + (column + c) * bColumn, bColumn, steps, width, panels + c);
            for (; c < count; c++)
                for (var s = 0; s < steps; s++) panels[s * width + c] = b[(column + c) * bColumn + s];
        }
    }

    /// <summary>The rows of some tiles of a, of which the rows of one step are contiguous: tile after tile, in a tile step after step, <see cref="RowStep"/> elements each.</summary>
    /// <remarks>Several tiles at once, since they share the cache lines of a step.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void CopyRows(float* a, nint aStep, int steps, int tiles, float* target)
    {
        nint tileLength = steps * RowStep;
        for (var s = 0; s < steps; s++, a += aStep, target += RowStep)
            for (var t = 0; t < tiles; t++) Vector256.Load(a + TileRows * t).Store(target + t * tileLength);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnVector<TLanes, TVector>(float* b, nint bColumn, int steps, int width, float* target)
        where TLanes : ILanes<TVector> where TVector : struct
    {
        nint twice = 2 * bColumn, thrice = 3 * bColumn, fourfold = 4 * bColumn;
        var s = 0;
        for (; s <= steps - 4; s += 4, target += 4 * width)
        {
            var (first, second, third, fourth) = TLanes.LoadFourColumns(b + s, bColumn, twice, thrice, fourfold);
            TLanes.Store(first, target);
            TLanes.Store(second, target + width);
            TLanes.Store(third, target + 2 * width);
            TLanes.Store(fourth, target + 3 * width);
        }
        for (; s < steps; s++, target += width)
            for (var lane = 0; lane < TLanes.Count; lane++) target[lane] = b[lane * bColumn + s];
    }
}
