using System.Text.Json;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Jobs as JSON: {"jobs": [{"name": "a", "arrival": 0, "stages": [{"name": "s", "tasks": 3, "work": 2, "after": []}]}]}.</summary>
/// <remarks>A stage may have cores, memory and outputBytes; a job deadline and weight.</remarks>
internal sealed class JobJson
{
    private const string Shape = "Write {\"jobs\": [{\"name\": \"a\", \"arrival\": 0, \"stages\": [{\"name\": \"s\", \"work\": 60, \"after\": []}]}]}.";
    private static readonly string[] JobKeys = ["name", "arrival", "deadline", "weight", "stages"], StageKeys = ["name", "tasks", "work", "cores", "memory", "outputBytes", "after"];
    private readonly string _path;
    private readonly byte[] _bytes;
    private readonly Dictionary<string, int> _offsets = [];
    private readonly List<string> _problems;

    private JobJson(string path, byte[] bytes, List<string> problems) => (_path, _bytes, _problems) = (path, bytes, problems);

    /// <summary>Reads jobs.</summary>
    /// <param name="path">The file; exists.</param>
    /// <param name="problems">Receives what is wrong, with line and column.</param>
    public static IReadOnlyList<Job> Read(string path, List<string> problems)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.AsSpan().StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var reading = new JobJson(path, bytes, problems);
        try
        {
            reading.FindOffsets();
            using var document = JsonDocument.Parse(bytes);
            return reading.Jobs(document.RootElement);
        }
        catch (JsonException problem)
        {
            problems.Add(new Mistake("PIL1610", "This is not JSON.", FormattableString.Invariant($"{path}, line {problem.LineNumber + 1}, column {problem.BytePositionInLine + 1}"), Shape).ToString());
            return [];
        }
    }

    private List<Job> Jobs(JsonElement root)
    {
        var jobs = new List<Job>();
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("jobs", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            Tell("", "there is no list 'jobs'");
            return jobs;
        }
        var i = 0;
        foreach (var element in list.EnumerateArray())
            if (JobOf(element, $"jobs[{i++}]") is { } job) jobs.Add(job);
        return jobs;
    }

    private Job? JobOf(JsonElement element, string at)
    {
        if (!Keys(element, at, JobKeys)) return null;
        var known = _problems.Count;
        var name = Name(element, at);
        var (arrival, deadline, weight) = (Number(element, at, "arrival", 0), Number(element, at, "deadline", double.PositiveInfinity), Number(element, at, "weight", 1));
        if (!element.TryGetProperty("stages", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            Tell(at, "the job has no list 'stages'");
            return null;
        }
        var (parts, i) = (new List<JobPart>(), 0);
        foreach (var stage in list.EnumerateArray())
            if (PartOf(stage, $"{at}.stages[{i++}]") is { } part) parts.Add(part);
        return _problems.Count > known ? null : JobPart.Link(name, arrival, deadline, weight, parts, Where(at), _problems);
    }

    private JobPart? PartOf(JsonElement element, string at)
    {
        if (!Keys(element, at, StageKeys)) return null;
        var after = new List<string>();
        if (element.TryGetProperty("after", out var list))
        {
            if (list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)) after.AddRange(list.EnumerateArray().Select(name => name.GetString()!));
            else Tell($"{at}.after", "'after' must be a list of stages' names");
        }
        var tasks = Number(element, at, "tasks", 1);
        return new(new(Name(element, at), (int)tasks, Number(element, at, "work", double.NaN), Number(element, at, "cores", 1), Number(element, at, "memory", 0), Number(element, at, "outputBytes", 0)), after, Where(at));
    }

    private bool Keys(JsonElement element, string at, string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Tell(at, "an object is needed");
            return false;
        }
        foreach (var property in element.EnumerateObject().Where(property => !known.Contains(property.Name))) Tell($"{at}.{property.Name}", $"the key '{property.Name}' is unknown; known are {string.Join(", ", known)}");
        return true;
    }

    private string Name(JsonElement element, string at)
    {
        if (element.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } text) return text;
        Tell(at, "a name is needed, as a text");
        return "";
    }

    private double Number(JsonElement element, string at, string key, double missing)
    {
        if (!element.TryGetProperty(key, out var value) && !double.IsNaN(missing)) return missing;
        if (value.ValueKind == JsonValueKind.Number) return value.GetDouble();
        Tell(value.ValueKind == JsonValueKind.Undefined ? at : $"{at}.{key}", $"'{key}' must be a number");
        return 1;
    }

    private void Tell(string at, string what) => _problems.Add(new Mistake("PIL1610", char.ToUpperInvariant(what[0]) + what[1..] + ".", Where(at), Shape).ToString());

    private string Where(string at)
    {
        var before = _bytes.AsSpan(0, _offsets.GetValueOrDefault(at));
        return FormattableString.Invariant($"{_path}, line {before.Count((byte)'\n') + 1}, column {before.Length - before.LastIndexOf((byte)'\n')}");
    }

    // Where each value begins, by its path: the document itself does not say.
    private void FindOffsets()
    {
        var reader = new Utf8JsonReader(_bytes);
        var levels = new Stack<(string Path, int Index)>();
        var key = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                key = reader.GetString()!;
                continue;
            }
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                levels.Pop();
                continue;
            }
            var path = key;
            if (levels.TryPop(out var level))
            {
                path = level.Index >= 0 ? $"{level.Path}[{level.Index}]" : level.Path.Length == 0 ? key : $"{level.Path}.{key}";
                levels.Push(level with { Index = level.Index >= 0 ? level.Index + 1 : -1 });
            }
            _offsets.TryAdd(path, (int)reader.TokenStartIndex);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) levels.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
        }
    }
}
