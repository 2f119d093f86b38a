using System.Buffers;
using System.Globalization;
using System.Text;

namespace Pilotage.Tracking.Tables;

/// <summary>A table as comma-separated values (RFC 4180, with line feeds). A missing cell is empty, an empty text is a pair of quotes.</summary>
internal static class CsvTable
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>Writes header and rows.</summary>
    public static void Write(RunTable table, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', table.Columns.Select(column => column.Name)));
        foreach (var row in table.Rows) writer.WriteLine(string.Join(',', row.Select(Cell)));
    }

    private static string Cell(object? cell) => cell switch
    {
        null => "",
        string text => text.Length == 0 || text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text,
        double number => number.ToString("R", CultureInfo.InvariantCulture),     // NaN, Infinity and -Infinity too, as data frames read them
        bool truth => truth ? "true" : "false",
        _ => ((long)cell).ToString(CultureInfo.InvariantCulture),
    };
}
