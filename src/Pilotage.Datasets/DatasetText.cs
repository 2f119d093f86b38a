using System.Text.Json;
using Pilotage.Environments;
using Pilotage.Experience.Datasets;

namespace Pilotage.Datasets;

/// <summary>What a file says of its transitions beside the rows: where they come from, and what might have been done.</summary>
internal sealed record DatasetText
{
    private const string Prefix = "pilotage.";

    /// <summary>Name of the environment; empty where unknown.</summary>
    public string Environment { get; init; } = "";

    /// <summary>What could be chosen; <see langword="null"/> where the rows must tell.</summary>
    public ActionSpace? Actions { get; init; }

    /// <summary>Steps after which episodes were truncated; <see langword="null"/> for none or unknown.</summary>
    public int? TimeLimit { get; init; }

    /// <summary>Where they come from.</summary>
    public DatasetOrigin Origin { get; init; } = new();

    /// <summary>As keys and values of a file's metadata.</summary>
    public static Dictionary<string, string> Write(TransitionDataset dataset)
    {
        var (spec, origin) = (dataset.Spec, dataset.Origin);
        var pairs = new Dictionary<string, string>
        {
            [Prefix + "environment"] = spec.Name, [Prefix + "kind"] = origin.Kind.ToString().ToLowerInvariant(), [Prefix + "behaviour"] = origin.Behaviour, [Prefix + "note"] = origin.Note,
            [Prefix + "actions"] = Text(spec.Actions),
        };
        if (origin.Seed is { } seed) pairs[Prefix + "seed"] = seed.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (spec.TimeLimit is { } limit) pairs[Prefix + "timeLimit"] = limit.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return pairs;
    }

    /// <summary>Reads them back; <see langword="null"/> where another program wrote the file.</summary>
    public static DatasetText? Read(IReadOnlyDictionary<string, string> pairs)
    {
        if (!pairs.TryGetValue(Prefix + "actions", out var actions)) return null;
        string Of(string key) => pairs.GetValueOrDefault(Prefix + key, "");
        return new()
        {
            Environment = Of("environment"),
            Actions = Space(actions),
            TimeLimit = int.TryParse(Of("timeLimit"), out var limit) ? limit : null,
            Origin = new()
            {
                Kind = Enum.TryParse<DatasetKind>(Of("kind"), ignoreCase: true, out var kind) ? kind : DatasetKind.Other,
                Behaviour = Of("behaviour"), Seed = long.TryParse(Of("seed"), out var seed) ? seed : null, Note = Of("note"),
            },
        };
    }

    private static string Text(ActionSpace space)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory))
        {
            writer.WriteStartObject();
            var (counts, isMasked, box) = space switch
            {
                ActionSpace.Discrete one => ([one.Count], one.Masked, null),
                ActionSpace.MultiDiscrete several => (several.Counts, several.Masked, null),
                ActionSpace.Composite both => (both.Choices.Counts, both.Choices.Masked, both.Values),
                _ => ((IReadOnlyList<int>)[], false, (ActionSpace.Box?)space),
            };
            writer.WriteString("space", space.GetType().Name.ToLowerInvariant());
            writer.WriteStartArray("counts");
            foreach (var count in counts) writer.WriteNumberValue(count);
            writer.WriteEndArray();
            writer.WriteBoolean("masked", isMasked);
            Bounds(writer, "low", box?.Low);
            Bounds(writer, "high", box?.High);
            writer.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(memory.ToArray());
    }

    private static void Bounds(Utf8JsonWriter writer, string name, IReadOnlyList<float>? bounds)
    {
        writer.WriteStartArray(name);
        foreach (var bound in bounds ?? []) writer.WriteNumberValue(bound);
        writer.WriteEndArray();
    }

    private static ActionSpace? Space(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            int[] counts = [.. root.GetProperty("counts").EnumerateArray().Select(count => count.GetInt32())];
            var isMasked = root.GetProperty("masked").GetBoolean();
            var box = new ActionSpace.Box([.. root.GetProperty("low").EnumerateArray().Select(bound => bound.GetSingle())], [.. root.GetProperty("high").EnumerateArray().Select(bound => bound.GetSingle())]);
            return root.GetProperty("space").GetString() switch
            {
                "discrete" => new ActionSpace.Discrete(counts[0], isMasked),
                "multidiscrete" => new ActionSpace.MultiDiscrete(counts, isMasked),
                "composite" => new ActionSpace.Composite(new(counts, isMasked), box),
                "box" => box,
                _ => null,
            };
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException or FormatException)
        {
            return null;                                                                  // then the rows must tell
        }
    }
}
