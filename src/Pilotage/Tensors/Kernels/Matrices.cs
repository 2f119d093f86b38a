using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Which registers the matrix products use. The bits of the results are the same.</summary>
internal enum VectorWidth : byte
{
    /// <summary>512-bit registers where the machine has them, else 256-bit.</summary>
    Widest,

    /// <summary>At most 256-bit registers.</summary>
    Narrow,
}

/// <summary>Matrix products in register tiles, and transposes.</summary>
/// <remarks>No element's bits depend on the tile it falls into, on the number of rows or on the vector width: each is one chain over the steps in order.</remarks>
internal static unsafe class Matrices
{
    /// <summary>Computes rows by columns elements of c.</summary>
    public static void Multiply(in MatrixProduct product, int rows, int columns, VectorWidth width = VectorWidth.Widest)
    {
        var column = 0;
        if (Vector512.IsHardwareAccelerated && width == VectorWidth.Widest)
        {
            for (; column <= columns - 64; column += 64) PanelOfFour(product, rows, column);
            for (; column <= columns - 16; column += 16) PanelOfOne<Sixteen, Vector512<float>>(product, rows, column, 16);
            if (columns - column > 8)
            {
                PanelOfOne<Sixteen, Vector512<float>>(product, rows, column, columns - column);
                return;
            }
        }
        else
        {
            for (; column <= columns - 16; column += 16) PanelOfTwo(product, rows, column);
            for (; column <= columns - 8; column += 8) PanelOfOne<Eight, Vector256<float>>(product, rows, column, 8);
        }
        if (columns - column > 4) PanelOfOne<Eight, Vector256<float>>(product, rows, column, columns - column);
        else if (columns > column) PanelOfOne<Four, Vector128<float>>(product, rows, column, columns - column);
    }

    /// <summary>target [columns, rows] = the transpose of source [rows, columns].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, int rows, int columns, float* target)
    {
        var r = 0;
        for (; r <= rows - 4; r += 4)
        {
            var s = source + (long)r * columns;
            var c = 0;
            for (; c <= columns - 4; c += 4)
            {
                var (r0, r1) = (Vector128.Load(s + c), Vector128.Load(s + c + columns));
                var (r2, r3) = (Vector128.Load(s + c + 2L * columns), Vector128.Load(s + c + 3L * columns));
                var (a, b) = (Low(r0, r1), Low(r2, r3));
                var (d, e) = (High(r0, r1), High(r2, r3));
                var t = target + (long)c * rows + r;
                Vector128.Create(a.GetLower(), b.GetLower()).Store(t);
                Vector128.Create(a.GetUpper(), b.GetUpper()).Store(t + rows);
                Vector128.Create(d.GetLower(), e.GetLower()).Store(t + 2L * rows);
                Vector128.Create(d.GetUpper(), e.GetUpper()).Store(t + 3L * rows);
            }
            for (; c < columns; c++)
                for (var i = 0; i < 4; i++) target[(long)c * rows + r + i] = s[c + (long)i * columns];
        }
        for (; r < rows; r++)
            for (var c = 0; c < columns; c++) target[(long)c * rows + r] = source[(long)r * columns + c];
    }

    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        System.Runtime.Intrinsics.X86.Sse.IsSupported
            ? System.Runtime.Intrinsics.X86.Sse.UnpackLow(a, b)
            : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        System.Runtime.Intrinsics.X86.Sse.IsSupported
            ? System.Runtime.Intrinsics.X86.Sse.UnpackHigh(a, b)
            : Vector128.Create(a[2], b[2], a[3], b[3]);

    private static void PanelOfFour(in MatrixProduct product, int rows, int column)
    {
        var row = 0;
        for (; row <= rows - 4; row += 4) MatrixTiles<Sixteen, Vector512<float>>.FourByFour(product, row, column);
        for (; row < rows; row++) MatrixTiles<Sixteen, Vector512<float>>.OneByFour(product, row, column);
    }

    private static void PanelOfTwo(in MatrixProduct product, int rows, int column)
    {
        var row = 0;
        for (; row <= rows - 4; row += 4) MatrixTiles<Eight, Vector256<float>>.FourByTwo(product, row, column);
        for (; row < rows; row++)
        {
            MatrixTiles<Eight, Vector256<float>>.OneByOne(product, row, column, 8);
            MatrixTiles<Eight, Vector256<float>>.OneByOne(product, row, column + 8, 8);
        }
    }

    private static void PanelOfOne<TLanes, TVector>(in MatrixProduct product, int rows, int column, int lanes)
        where TLanes : ILanes<TVector> where TVector : struct
    {
        var row = 0;
        for (; row <= rows - 4; row += 4) MatrixTiles<TLanes, TVector>.FourByOne(product, row, column, lanes);
        for (; row < rows; row++) MatrixTiles<TLanes, TVector>.OneByOne(product, row, column, lanes);
    }
}
