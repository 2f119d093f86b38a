using System.Globalization;
using Pilotage.Experience.Datasets;

namespace Pilotage.Datasets;

/// <summary>Transitions in a file of comma-separated values with a line of names.</summary>
internal static class CsvTransitions
{
    public static TransitionDataset Read(string path, DatasetReading reading)
    {
        using var lines = File.OpenText(path);
        var names = lines.ReadLine()?.Split(',').Select(name => name.Trim().Trim('"')).ToList() ?? [];
        var columns = new TransitionColumns(path, names);
        var table = new TransitionTable(path, columns, reading, described: null);
        var (cells, isEmpty, line) = (new double[names.Count], new bool[names.Count], 1L);
        while (lines.ReadLine() is { } text)
        {
            line++;
            if (text.Length == 0) continue;
            if (Split(text, cells, isEmpty, names, table, line)) table.Add(line, cells, isEmpty);
        }
        return table.ToDataset();
    }

    public static void Write(string path, TransitionDataset dataset)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        var names = TransitionColumns.Of(dataset.Spec);
        writer.WriteLine(string.Join(',', names));
        TransitionRows.Each(dataset, (cells, isFinal) =>
        {
            for (var i = 0; i < cells.Length; i++)
            {
                if (i > 0) writer.Write(',');
                if (!isFinal || !TransitionRows.IsEmptyInFinal(names[i])) writer.Write(cells[i].ToString("R", CultureInfo.InvariantCulture));
            }
            writer.WriteLine();
        });
    }

    // Whether there are as many cells as columns; what is not a number is told and becomes NaN.
    private static bool Split(string text, double[] cells, bool[] isEmpty, List<string> names, TransitionTable table, long line)
    {
        var rest = text.AsSpan();
        var column = 0;
        for (; ; column++)
        {
            var comma = rest.IndexOf(',');
            var cell = (comma < 0 ? rest : rest[..comma]).Trim();
            if (column < cells.Length) isEmpty[column] = !Number(cell, out cells[column], names[column], table, line);
            if (comma < 0) break;
            rest = rest[(comma + 1)..];
        }
        if (column + 1 == cells.Length) return true;
        table.Wrong("PIL1123", string.Create(CultureInfo.InvariantCulture, $"This line has {column + 1} cells; the first line names {cells.Length}."), line, "", "Give one cell per column.");
        return false;
    }

    // Words that are no numbers stand for an empty cell once told, so that one mistake is told once.
    private static bool Number(ReadOnlySpan<char> cell, out double number, string name, TransitionTable table, long line)
    {
        number = 0;
        if (cell.IsEmpty) return false;
        if (cell.Equals("true", StringComparison.OrdinalIgnoreCase)) number = 1;
        else if (cell.Equals("false", StringComparison.OrdinalIgnoreCase)) number = 0;
        else if (name is TransitionColumns.Episode or TransitionColumns.Step && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number)) { }   // may be long
        else if (float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var single)) number = single;
        else
        {
            table.Wrong("PIL1123", $"\"{cell}\" is not a number.", line, name, "Give a number, with a point for the decimals.");
        }
        return true;
    }
}
