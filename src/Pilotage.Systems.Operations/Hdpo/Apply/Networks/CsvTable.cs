using System.Globalization;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A CSV file with a header whose cells are asked for by column; what cannot be read is told with line and column.</summary>
internal sealed class CsvTable
{
    private readonly string _path;
    private readonly string[] _header;
    private readonly List<Row> _rows = [];

    private CsvTable(string path, string[] header) => (_path, _header) = (path, header);

    /// <summary>The lines below the header that have as many fields.</summary>
    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>Whether there is such a column.</summary>
    public bool Has(string column) => _header.Contains(column);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="needed">Columns that must be there.</param>
    /// <param name="problems">Receives what is wrong; without its columns a table has no rows.</param>
    public static CsvTable Read(string path, IReadOnlyList<string> needed, List<string> problems)
    {
        var table = new CsvTable(path, InputKind.Header(path));
        var missing = needed.Where(column => !table.Has(column)).ToList();
        problems.AddRange(missing.Select(column => $"{path}, line 1: no column '{column}' among '{string.Join(",", table._header)}'. The file needs {string.Join(",", needed)}."));
        if (missing.Count > 0) return table;
        var lines = File.ReadAllLines(path);
        for (var i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var fields = Array.ConvertAll(lines[i].Split(','), field => field.Trim().Trim('"'));
            if (fields.Length < table._header.Length) problems.Add($"{path}, line {i + 1}: {fields.Length} field(s) where the header has {table._header.Length}. Complete or remove the line.");
            else table._rows.Add(new(table, i + 1, fields));
        }
        return table;
    }

    /// <summary>One line.</summary>
    internal sealed class Row(CsvTable table, int line, string[] fields)
    {
        /// <summary>A cell.</summary>
        public string Text(string column) => fields[Array.IndexOf(table._header, column)];

        /// <summary>Where a cell stands, for messages.</summary>
        public string Where(string column) => FormattableString.Invariant($"{table._path}, line {line}, column {Array.IndexOf(table._header, column) + 1}");

        /// <summary>A cell as a number.</summary>
        /// <param name="column">Its column.</param>
        /// <param name="least">The smallest that is allowed.</param>
        /// <param name="problems">Receives what is wrong.</param>
        /// <returns>The number; <paramref name="least"/> or 1 where it cannot be used, so that reading goes on.</returns>
        public double Number(string column, double least, List<string> problems)
        {
            if (double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number >= least) return number;
            problems.Add(FormattableString.Invariant($"{Where(column)}: {column} '{Text(column)}' is not a number{(double.IsFinite(least) ? FormattableString.Invariant($" of at least {least}") : "")}. Give one."));
            return double.IsFinite(least) ? least : 1;
        }
    }
}
