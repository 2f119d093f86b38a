using System.Runtime.CompilerServices;

namespace Pilotage.Tensors.Kernels;

/// <summary>How an operand's elements lie in the rows and columns of a pairwise loop.</summary>
internal enum Spread : byte
{
    /// <summary>As many elements as the result.</summary>
    Each,

    /// <summary>One element for all.</summary>
    One,

    /// <summary>One row, the same for all rows.</summary>
    Row,

    /// <summary>One element for each row.</summary>
    Column,

    /// <summary>Otherwise: it is copied in the result's shape.</summary>
    Copied,
}

/// <summary>The rows and columns in which a pairwise loop runs, and how its operands lie in them: found from the shapes alone, so both passes find the same.</summary>
internal struct PairwiseGrid
{
    public int Rows;
    public int Columns;
    public Spread First;
    public Spread Second;
    public Spread Third;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairwiseGrid Of(in Shape result, in Shape first, in Shape second)
    {
        var grid = new PairwiseGrid { Rows = 1, Columns = result.Count };
        if (first.Count != result.Count) grid.First = grid.Add(first, result);
        if (second.Count != result.Count) grid.Second = grid.Add(second, result);
        return grid;
    }

    public static PairwiseGrid Of(in Shape result, in Shape first, in Shape second, in Shape third)
    {
        var grid = Of(result, first, second);
        if (third.Count != result.Count) grid.Third = grid.Add(third, result);
        return grid;
    }

    private Spread Add(in Shape operand, in Shape result)
    {
        if (operand.Count == 1) return Spread.One;
        var (spread, rows, columns) = StridedView.Broadcast(operand, result).Lines();
        if (spread == Spread.Copied || (Rows != 1 && (rows, columns) != (Rows, Columns))) return Spread.Copied;
        (Rows, Columns) = (rows, columns);
        return spread;
    }
}

/// <summary>An operand of a pairwise loop.</summary>
internal readonly unsafe struct Operand(float* values, Spread spread)
{
    public float* Values => values;

    /// <summary>Whether one element serves a whole row.</summary>
    public bool Single => spread is Spread.One or Spread.Column;

    /// <summary>How far it is from a row to the next.</summary>
    public int Stride(int columns) => spread switch
    {
        Spread.One or Spread.Row => 0,
        Spread.Column => 1,
        _ => columns,
    };
}

/// <summary>Where the gradient of an operand goes.</summary>
/// <param name="gradient">Each: as many elements as the result. Row and Column: the operand's own, to add to.</param>
/// <param name="spread">Each, Row or Column.</param>
/// <param name="add">Whether to add where it is Each.</param>
/// <param name="line">Of a column's gradient: room for a row.</param>
internal readonly unsafe struct OperandGradient(float* gradient, Spread spread, bool add, float* line)
{
    public float* Values => gradient;

    /// <summary>Room for a row of a column's gradient.</summary>
    public float* Line => line;

    /// <summary>Whether a row's gradient is added to what is there.</summary>
    public bool Adds => spread == Spread.Row || (spread == Spread.Each && add);

    /// <summary>Where the first row's gradient goes.</summary>
    public float* Start => spread == Spread.Column ? line : gradient;

    /// <summary>How far it is from a row to the next.</summary>
    public int Stride(int columns) => spread == Spread.Each ? columns : 0;

    /// <summary>Where each row's sum is added; null for none.</summary>
    public float* Sums => spread == Spread.Column ? gradient : null;
}
