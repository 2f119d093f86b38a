using System.Globalization;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A CSV file with a header; what cannot be read is told with line and column.</summary>
internal sealed class TableFile
{
    private readonly string[] _header;

    private TableFile(string path, string[] header) => (Path, _header) = (path, header);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The lines below the header that have as many fields.</summary>
    public List<Row> Rows { get; } = [];

    /// <summary>The columns of a file's header, in lower case; none of a missing file.</summary>
    public static string[] HeaderOf(string path) => !File.Exists(path) ? [] : Array.ConvertAll((File.ReadLines(path).FirstOrDefault() ?? "").TrimStart('\uFEFF').Split(','), Plain).Select(name => name.ToLowerInvariant()).ToArray();

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; exists.</param>
    /// <param name="needed">Columns that must be there.</param>
    /// <param name="known">Columns that may be there besides.</param>
    /// <param name="problems">Receives what is wrong; without its columns a table has no rows.</param>
    public static TableFile Read(string path, IReadOnlyList<string> needed, IReadOnlyList<string> known, List<string> problems)
    {
        var table = new TableFile(path, HeaderOf(path));
        foreach (var column in needed.Where(column => !table._header.Contains(column)))
            problems.Add(Text($"There is no column '{column}' among '{string.Join(",", table._header)}'.", $"{path}, line 1", $"The file needs {string.Join(",", needed)}; it may have {string.Join(",", known)}."));
        foreach (var (column, place) in table._header.Select((column, i) => (column, i + 1)).Where(pair => !needed.Contains(pair.column) && !known.Contains(pair.column)))
            problems.Add(Text($"The column '{column}' is unknown.", $"{path}, line 1, column {place}", $"Known are {string.Join(",", needed.Concat(known))}."));
        if (needed.Any(column => !table._header.Contains(column))) return table;
        var line = 1;
        foreach (var text in File.ReadLines(path).Skip(1))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            var fields = Array.ConvertAll(text.Split(','), Plain);
            if (fields.Length == table._header.Length) table.Rows.Add(new(table, line, fields));
            else problems.Add(Text($"{fields.Length} field(s) where the header has {table._header.Length}.", $"{path}, line {line}", "Complete or remove the line."));
        }
        return table;
    }

    private static string Plain(string field) => field.Trim().Trim('"').Trim();

    private static string Text(string what, string where, string advice) => new Mistake("PIL1609", what, where, advice).ToString();

    /// <summary>One line.</summary>
    internal sealed class Row(TableFile table, int line, string[] fields)
    {
        /// <summary>Where the line stands.</summary>
        public string Where => $"{table.Path}, line {line}";

        /// <summary>A cell; empty where there is no such column.</summary>
        public string Cell(string column) => Array.IndexOf(table._header, column) is >= 0 and var place ? fields[place] : "";

        /// <summary>A cell as a number.</summary>
        /// <param name="column">Its column.</param>
        /// <param name="missing">What an empty cell means; NaN where it must be filled.</param>
        /// <param name="problems">Receives what is wrong.</param>
        /// <returns>The number; 1 where it cannot be used, so that reading goes on.</returns>
        public double Number(string column, double missing, List<string> problems)
        {
            var text = Cell(column);
            if (text.Length == 0 && !double.IsNaN(missing)) return missing;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
            problems.Add(Text($"{column} '{text}' is not a number.", $"{Where}, column {Array.IndexOf(table._header, column) + 1}", "Give one."));
            return 1;
        }
    }
}
