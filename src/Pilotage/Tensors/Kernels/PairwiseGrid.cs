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
    public int Rows { get; private set; }

    public int Columns { get; private set; }

    public Spread First { get; private set; }

    public Spread Second { get; private set; }

    public Spread Third { get; private set; }

    public static PairwiseGrid Of(in Shape result, in Shape first, in Shape second) => Of(result, first, second, result);

    public static PairwiseGrid Of(in Shape result, in Shape first, in Shape second, in Shape third)
    {
        var grid = new PairwiseGrid { Rows = 1, Columns = result.Count };
        grid.First = grid.Add(first, result);
        grid.Second = grid.Add(second, result);
        grid.Third = grid.Add(third, result);
        return grid;
    }

    private Spread Add(in Shape operand, in Shape result)
    {
        if (operand.Count == result.Count) return Spread.Each;
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

    /// <summary>What a row of the loop reads: elements side by side, or one for all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OperandRow Row(int row, int columns) => spread switch
    {
        Spread.One => new(values, true),
        Spread.Row => new(values, false),
        Spread.Column => new(values + row, true),
        _ => new(values + (long)row * columns, false),
    };
}

/// <summary>One row of an operand: an element for each column, or one for all of them.</summary>
internal readonly unsafe struct OperandRow(float* values, bool single)
{
    public float* Values => values;

    public bool Single => single;
}

/// <summary>Where the gradient of an operand goes.</summary>
/// <param name="gradient">Each: as many elements as the result. Row and Column: the operand's own, to add to.</param>
/// <param name="spread">Each, Row or Column.</param>
/// <param name="add">Whether to add where it is Each.</param>
/// <param name="line">Of a column's gradient: room for a row.</param>
internal readonly unsafe struct OperandGradient(float* gradient, Spread spread, bool add, float* line)
{
    public float* Values => gradient;

    /// <summary>Whether a row's gradient is added to what is there.</summary>
    public bool Adds => spread == Spread.Row || (spread == Spread.Each && add);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Row(int row, int columns) => spread switch
    {
        Spread.Row => gradient,
        Spread.Column => line,
        _ => gradient + (long)row * columns,
    };

    /// <summary>Ends a row: the column's element is its sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndRow(int row, int columns)
    {
        if (spread == Spread.Column) gradient[row] += Reductions.Sum(line, columns);
    }
}
