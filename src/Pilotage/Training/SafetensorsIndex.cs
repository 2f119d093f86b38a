using System.Text.Json;

namespace Pilotage.Training;

/// <summary>The index of a sharded model: which file holds which tensor.</summary>
internal static class SafetensorsIndex
{
    // As for a header: a real index has some hundred bytes for each tensor.
    private const long LongestIndex = 100_000_000;

    // Object, map, text; one more for what stands under "metadata".
    private const int Depth = 8;
    private const string MapKey = "weight_map";

    /// <summary>Reads an index.</summary>
    /// <returns>Shard by tensor, in the index's order.</returns>
    /// <exception cref="InvalidDataException">It is none; the message names the file and says how.</exception>
    public static OrderedDictionary<string, string> Read(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > LongestIndex) throw Unusable($"it has {stream.Length} bytes; the longest allowed has {LongestIndex}");
        try
        {
            using var json = JsonDocument.Parse(stream, new() { AllowDuplicateProperties = false, MaxDepth = Depth });
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty(MapKey, out var map) || map.ValueKind != JsonValueKind.Object)
                throw Unusable($"it has no object {MapKey}");
            var shards = new OrderedDictionary<string, string>();
            foreach (var entry in map.EnumerateObject())
            {
                if (entry.Value.ValueKind != JsonValueKind.String) throw Unusable($"{MapKey} gives no file name for {entry.Name}");
                shards.Add(entry.Name, entry.Value.GetString()!);
            }

            return shards;
        }
        catch (JsonException exception)
        {
            throw Unusable($"it is no readable JSON: {exception.Message.TrimEnd('.')}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // Thrown for text that is no valid UTF-16, such as half a surrogate pair.
            throw Unusable("it has text that is no text", exception);
        }

        InvalidDataException Unusable(string problem, Exception? inner = null) => new($"{path} cannot be used: {problem}.", inner);
    }

    /// <summary>Whether a shard's name stays in its index's folder on every system.</summary>
    public static bool IsPlainName(string name) => name is not ("" or "." or "..") && name.AsSpan().IndexOfAny("/\\:\0") < 0;
}
