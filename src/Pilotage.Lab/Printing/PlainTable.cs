using System.Text;

namespace Pilotage.Lab.Printing;

/// <summary>Columns parted by two blanks, without lines or colour; the last column wraps. For lists, where a table library would cost start-up time.</summary>
internal static class PlainTable
{
    private const int LeastLastColumn = 24;

    /// <summary>Lays rows out.</summary>
    /// <param name="rows">Rows with the same number of cells.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="indent">Blanks before each line.</param>
    /// <returns>The lines, each ending in a line feed.</returns>
    public static string Of(IReadOnlyList<IReadOnlyList<string>> rows, int width, int indent = 2)
    {
        if (rows.Count == 0) return "";
        var last = rows[0].Count - 1;
        var widths = Enumerable.Range(0, last).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var before = indent + widths.Sum() + 2 * last;
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(' ', indent);
            for (var column = 0; column < last; column++) text.Append(row[column].PadRight(widths[column])).Append("  ");
            var lines = Wrap.Lines(row[last], Math.Max(LeastLastColumn, width - before));
            for (var line = 0; line < lines.Count; line++)
            {
                if (line > 0) text.Append(' ', before);
                text.Append(lines[line]);
                while (text.Length > 0 && text[^1] == ' ') text.Length--;
                text.Append('\n');
            }
        }
        return text.ToString();
    }
}
