using System.Text;
using System.Text.Json;

namespace Pilotage.Systems.Language.Apply;

/// <summary>An application's <c>metrics.jsonl</c>: an object a line, <c>step</c> and a number for each figure. What is drawn of the training is read from it.</summary>
internal sealed class TrainingRecord
{
    private readonly string _path;
    private readonly List<(long Step, Dictionary<string, double> Values)> _lines = [];

    /// <summary>Goes on with a file.</summary>
    /// <param name="path">Made if it is not there.</param>
    /// <param name="lastStep">Lines beyond it, and what a kill cut off, are removed.</param>
    public TrainingRecord(string path, long lastStep)
    {
        _path = path;
        var kept = File.Exists(path) ? File.ReadAllText(path).Split('\n')[..^1].Where(line => TryRead(line, lastStep)).ToArray() : [];
        File.WriteAllText(path, string.Concat(kept.Select(line => line + "\n")));
    }

    /// <summary>Whether nothing was recorded yet.</summary>
    public bool IsEmpty => _lines.Count == 0;

    /// <summary>Adds a line; it has reached the operating system when this returns.</summary>
    public void Append(long step, IEnumerable<KeyValuePair<string, double>> values)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("step", step);
            foreach (var (name, value) in values)
            {
                if (double.IsFinite(value)) json.WriteNumber(name, value);
                else json.WriteNull(name);
            }
            json.WriteEndObject();
        }
        var line = Encoding.UTF8.GetString(stream.ToArray());
        File.AppendAllText(_path, line + "\n");
        TryRead(line, long.MaxValue);
    }

    /// <summary>The points of a figure, in the order of the steps.</summary>
    public (double[] Steps, double[] Values) Curve(string name)
    {
        var points = _lines.Where(line => line.Values.ContainsKey(name)).ToArray();
        return ([.. points.Select(line => (double)line.Step)], [.. points.Select(line => line.Values[name])]);
    }

    /// <summary>Last lines in a row whose figure has a value.</summary>
    public int LastWith(string name, double value)
    {
        var count = 0;
        foreach (var (_, values) in Enumerable.Reverse(_lines))
        {
            if (!values.TryGetValue(name, out var found)) continue;
            if (found != value) break;
            count++;
        }
        return count;
    }

    private bool TryRead(string line, long lastStep)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var step = json.RootElement.GetProperty("step").GetInt64();
            if (step > lastStep) return false;
            _lines.Add((step, json.RootElement.EnumerateObject().Where(member => member.Name != "step" && member.Value.ValueKind == JsonValueKind.Number).ToDictionary(member => member.Name, member => member.Value.GetDouble())));
            return true;
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
