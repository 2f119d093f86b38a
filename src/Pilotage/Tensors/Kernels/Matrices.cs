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

/// <summary>Matrix products in register tiles.</summary>
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
        for (; row <= rows - 8; row += 8) MatrixTiles<TLanes, TVector>.EightByOne(product, row, column, lanes);
        for (; row < rows; row++) MatrixTiles<TLanes, TVector>.OneByOne(product, row, column, lanes);
    }
}
