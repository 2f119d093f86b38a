using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pilotage.Environments.Arcade;

/// <summary>One channel of MinAtar's screen: ten rows of ten cells that are on or off. Row 0 is the top, column 0 the left.</summary>
[InlineArray(Side)]
internal struct Pixels
{
    /// <summary>Rows, and columns.</summary>
    public const int Side = 10;

    /// <summary>All columns of a row.</summary>
    public const ushort Row = (1 << Side) - 1;

    private ushort _row;                                // bit x: column x

    /// <summary>Number of cells that are on.</summary>
    public readonly int Count
    {
        get
        {
            var count = 0;
            for (var y = 0; y < Side; y++) count += BitOperations.PopCount(this[y]);
            return count;
        }
    }

    /// <summary>Columns with at least one cell on, as bits.</summary>
    public readonly ushort Columns
    {
        get
        {
            ushort columns = 0;
            for (var y = 0; y < Side; y++) columns |= this[y];
            return columns;
        }
    }

    /// <summary>Whether a cell is on.</summary>
    public readonly bool At(int x, int y) => (this[y] >> x & 1) != 0;

    /// <summary>Turns a cell on.</summary>
    public void Set(int x, int y) => this[y] |= (ushort)(1 << x);

    /// <summary>Turns a cell off.</summary>
    public void Clear(int x, int y) => this[y] &= (ushort)~(1 << x);

    /// <summary>Moves all rows down by one; the lowest becomes the first.</summary>
    public void RollDown()
    {
        var lowest = this[Side - 1];
        for (var y = Side - 1; y > 0; y--) this[y] = this[y - 1];
        this[0] = lowest;
    }

    /// <summary>Moves all rows up by one; the first is lost, the lowest is empty.</summary>
    public void ShiftUp()
    {
        for (var y = 0; y < Side - 1; y++) this[y] = this[y + 1];
        this[Side - 1] = 0;
    }

    /// <summary>Moves all columns by one; what leaves on one side comes in on the other.</summary>
    /// <param name="direction">-1 to the left, 1 to the right.</param>
    public void RollAcross(int direction)
    {
        for (var y = 0; y < Side; y++)
        {
            var row = this[y];
            this[y] = (ushort)((direction > 0 ? row << 1 | row >> Side - 1 : row >> 1 | row << Side - 1) & Row);
        }
    }
}
