using System.Globalization;
using System.Text.Json;
using Pilotage.Experience.Datasets;

namespace Pilotage.Datasets;

/// <summary>Transitions in a file with one JSON object per line; an array <c>x</c> stands for the columns x_0, x_1, …</summary>
internal static class JsonTransitions
{
    public static TransitionDataset Read(string path, DatasetReading reading)
    {
        TransitionTable? table = null;
        var (names, line) = (new List<string>(), 0L);
        double[] cells = [];
        bool[] isEmpty = [];
        foreach (var text in File.ReadLines(path))
        {
            line++;
            if (text.Length == 0) continue;
            try
            {
                using var document = JsonDocument.Parse(text);
                if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("it is no object");
                var values = Flat(document.RootElement);
                if (table is null)
                {
                    names = [.. values.Select(value => value.Name)];
                    table = new(path, new TransitionColumns(path, names), reading, described: null);
                    (cells, isEmpty) = (new double[names.Count], new bool[names.Count]);
                }
                if (Fill(values, names, cells, isEmpty, table, line)) table.Add(line, cells, isEmpty);
            }
            catch (JsonException broken)
            {
                var what = $"This line cannot be read: {broken.Message.Split(" LineNumber")[0].TrimEnd('.')}.";
                if (table is null) throw new UserMistakeException(new Mistake("PIL1123", what, string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}"), "Give one JSON object per line.").ToString());
                table.Wrong("PIL1123", what, line, "", "Give one JSON object per line.");
            }
        }
        return (table ?? new(path, new TransitionColumns(path, []), reading, null)).ToDataset();
    }

    public static void Write(string path, TransitionDataset dataset)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        var names = TransitionColumns.Of(dataset.Spec);
        TransitionRows.Each(dataset, (cells, isFinal) =>
        {
            for (var i = 0; i < cells.Length; i++)
            {
                var value = isFinal && TransitionRows.IsEmptyInFinal(names[i]) ? "null" : cells[i].ToString("R", CultureInfo.InvariantCulture);
                file.Write($"{(i == 0 ? "{" : ", ")}\"{JsonEncodedText.Encode(names[i])}\": {value}");
            }
            file.WriteLine('}');
        });
    }

    private static List<(string Name, JsonElement Value)> Flat(JsonElement row)
    {
        var values = new List<(string, JsonElement)>();
        foreach (var property in row.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Array) values.Add((property.Name, property.Value));
            else foreach (var (i, element) in property.Value.EnumerateArray().Index()) values.Add((FormattableString.Invariant($"{property.Name}_{i}"), element));
        }
        return values;
    }

    // Names may come in another order; one that is missing is an empty cell.
    private static bool Fill(List<(string Name, JsonElement Value)> values, List<string> names, double[] cells, bool[] isEmpty, TransitionTable table, long line)
    {
        isEmpty.AsSpan().Fill(value: true);
        foreach (var (name, value) in values)
        {
            var place = names.IndexOf(name);
            if (place < 0)
            {
                table.Wrong("PIL1123", $"{name} is not among the names of the first line.", line, "", "Give the same names in each line; arrays of one length.");
                return false;
            }
            (isEmpty[place], cells[place]) = value.ValueKind switch
            {
                JsonValueKind.Null => (true, 0),
                JsonValueKind.True => (false, 1),
                JsonValueKind.False => (false, 0),
                JsonValueKind.Number => (false, name is TransitionColumns.Episode or TransitionColumns.Step ? value.GetDouble() : value.GetSingle()),
                _ => (false, Told(value)),
            };

            double Told(JsonElement text)
            {
                table.Wrong("PIL1123", $"{text.GetRawText()} is not a number.", line, name, "Give a number, true, false or null.");
                return 0;
            }
        }
        return true;
    }
}
