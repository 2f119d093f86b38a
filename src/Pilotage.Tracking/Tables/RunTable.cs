namespace Pilotage.Tracking.Tables;

/// <summary>Rows of typed cells.</summary>
/// <param name="Name">Of its file, without extension.</param>
/// <param name="Columns">From left to right.</param>
internal sealed record RunTable(string Name, IReadOnlyList<Column> Columns)
{
    private readonly List<object?[]> _rows = [];

    /// <summary>One cell a column: a string, long, double or bool as the column says, or <see langword="null"/>.</summary>
    public IReadOnlyList<object?[]> Rows => _rows;

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">It has another number of cells, or one of another type.</exception>
    public void Add(params object?[] cells)
    {
        if (cells.Length != Columns.Count) throw new ArgumentException($"{Name} has {Columns.Count} columns; the row has {cells.Length} cells.", nameof(cells));
        for (var i = 0; i < cells.Length; i++)
        {
            var fits = cells[i] is null || Columns[i].Kind switch { ColumnKind.Text => cells[i] is string, ColumnKind.Whole => cells[i] is long, ColumnKind.Number => cells[i] is double, _ => cells[i] is bool };
            if (!fits) throw new ArgumentException($"{Name}.{Columns[i].Name} is {Columns[i].Kind}; the cell is {cells[i]!.GetType().Name}.", nameof(cells));
        }
        _rows.Add(cells);
    }
}
