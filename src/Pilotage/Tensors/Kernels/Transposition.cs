using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pilotage.Tensors.Kernels;

/// <summary>Transposes of matrices, in square blocks that stay in registers.</summary>
internal static unsafe class Transposition
{
    private const int Block = 8;

    /// <summary>target [columns, rows] = the transpose of source [rows, columns].</summary>
    public static void Run(float* source, int rows, int columns, float* target) => Run(source, columns, rows, columns, target, rows);

    /// <summary>The same between parts of larger matrices: the rows of the source lie <paramref name="from"/> elements apart, those of the target <paramref name="to"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(float* source, nint from, int rows, int columns, float* target, nint to)
    {
        var (wholeRows, wholeColumns) = Avx.IsSupported ? (rows & -Block, columns & -Block) : (0, 0);
        for (var r = 0; r < wholeRows; r += Block)
        {
            var s = source + r * from;
            var t = target + r;
            for (var c = 0; c < wholeColumns; c += Block, s += Block, t += Block * to) Eight(s, from, t, to);
        }
        Elements(source, from, 0, rows, wholeColumns, columns, target, to);
        Elements(source, from, wholeRows, rows, 0, wholeColumns, target, to);
    }

    private static void Elements(float* source, nint from, int firstRow, int lastRow, int firstColumn, int lastColumn, float* target, nint to)
    {
        for (var c = firstColumn; c < lastColumn; c++)
            for (var r = firstRow; r < lastRow; r++) target[c * to + r] = source[r * from + c];
    }

    /// <summary>Eight by eight: halves of rows four apart side by side, then pairs, then quadruples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(float* s, nint from, float* t, nint to)
    {
        Half(s, from, t, to);
        Half(s + 4, from, t + 4 * to, to);
    }

    /// <summary>Four columns of eight rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(float* s, nint from, float* t, nint to)
    {
        var r0 = Vector256.Create(Vector128.Load(s), Vector128.Load(s + 4 * from));
        var r1 = Vector256.Create(Vector128.Load(s + from), Vector128.Load(s + 5 * from));
        var r2 = Vector256.Create(Vector128.Load(s + 2 * from), Vector128.Load(s + 6 * from));
        var r3 = Vector256.Create(Vector128.Load(s + 3 * from), Vector128.Load(s + 7 * from));
        var (low0, low1, high0, high1) = (Avx.UnpackLow(r0, r1), Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r0, r1), Avx.UnpackHigh(r2, r3));
        Avx.Shuffle(low0, low1, 0b01_00_01_00).Store(t);
        Avx.Shuffle(low0, low1, 0b11_10_11_10).Store(t + to);
        Avx.Shuffle(high0, high1, 0b01_00_01_00).Store(t + 2 * to);
        Avx.Shuffle(high0, high1, 0b11_10_11_10).Store(t + 3 * to);
    }
}
