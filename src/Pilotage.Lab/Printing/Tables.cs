using System.Text;
using Pilotage.Evaluation.Reports;

namespace Pilotage.Lab.Printing;

/// <summary>Tables of texts on a terminal: titles and cells wrap at their blanks and nowhere else, nothing is cut off, numbers stand to the right.</summary>
/// <remarks>By hand, because the console library's tables break arm names and numbers within a word once a row is too wide.</remarks>
internal static class Tables
{
    private const string Gap = "  ";

    /// <summary>Lays a table out.</summary>
    /// <param name="table">Titles and texts.</param>
    /// <param name="width">Columns of the terminal; exceeded only if the words alone are wider.</param>
    /// <returns>Lines ending in line feeds, without trailing blanks.</returns>
    public static string Of(TextTable table, int width)
    {
        var widths = Enumerable.Range(0, table.Columns.Count).Select(column => NaturalWidth(table, column)).ToArray();
        var least = Enumerable.Range(0, table.Columns.Count).Select(column => LongestWord(table, column)).ToArray();
        var room = width - Gap.Length * (table.Columns.Count + 1);
        while (widths.Sum() > room)
        {
            // The widest column that can still give way loses one.
            var widest = Enumerable.Range(0, widths.Length).Where(column => widths[column] > least[column]).MaxBy(column => (int?)widths[column]);
            if (widths[widest] <= least[widest]) break;
            widths[widest]--;
        }

        var isNumeric = Enumerable.Range(0, widths.Length).Select(column => column > 0 && table.Rows.All(row => IsNumber(row[column]))).ToArray();
        var text = new StringBuilder();
        Append(text, table.Columns, widths, isNumeric);
        text.Append(Gap).Append('─', widths.Sum() + Gap.Length * (widths.Length - 1)).Append('\n');
        foreach (var row in table.Rows) Append(text, row, widths, isNumeric);
        return text.ToString();
    }

    /// <summary>The width that a table needs if no cell is to wrap.</summary>
    public static int WidthOf(TextTable table) => Enumerable.Range(0, table.Columns.Count).Sum(column => NaturalWidth(table, column) + Gap.Length) + Gap.Length;

    private static void Append(StringBuilder text, IReadOnlyList<string> cells, int[] widths, bool[] isNumeric)
    {
        var wrapped = cells.Select((cell, column) => Wrap.Lines(cell, widths[column])).ToList();
        for (var line = 0; line < wrapped.Max(lines => lines.Count); line++)
        {
            for (var column = 0; column < wrapped.Count; column++)
            {
                var part = line < wrapped[column].Count ? wrapped[column][line] : "";
                text.Append(Gap).Append(isNumeric[column] ? part.PadLeft(widths[column]) : part.PadRight(widths[column]));
            }
            while (text[^1] == ' ') text.Length--;
            text.Append('\n');
        }
    }

    // A title may take several lines; a cell should take one.
    private static int NaturalWidth(TextTable table, int column) =>
        Math.Max(Words(table.Columns[column]), table.Rows.Select(row => row[column].Length).DefaultIfEmpty().Max());

    private static int LongestWord(TextTable table, int column) => table.Rows.Select(row => Words(row[column])).Append(Words(table.Columns[column])).Max();

    private static int Words(string text) => text.Split(' ').Max(word => word.Length);

    private static bool IsNumber(string text) => text == "–" || double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _);
}
