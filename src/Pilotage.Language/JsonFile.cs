using System.Text.Json;

namespace Pilotage.Language;

/// <summary>A JSON file whose root is an object, and the problems that were found in it so far.</summary>
internal sealed class JsonFile
{
    private const int Depth = 32;

    private JsonFile(string path, JsonElement root) => (Path, Root) = (path, root);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its object.</summary>
    public JsonElement Root { get; }

    /// <summary>What was found wrong; a reader adds to it and throws all at once.</summary>
    public List<Mistake> Mistakes { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserMistakeException">PIL1801: it is not there or cannot be read; PIL1802: it is no JSON object.</exception>
    public static JsonFile Read(string path)
    {
        try
        {
            // Copied out of the document, which would otherwise have to be disposed of.
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new() { MaxDepth = Depth, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object) return new(path, document.RootElement.Clone());
            throw new UserMistakeException(new Mistake("PIL1802", $"The file holds {Kind(document.RootElement)}; wanted an object.", path, "Give the file as it was saved with the model.").ToString());
        }
        catch (JsonException exception)
        {
            var line = exception.LineNumber is { } number ? $", line {number + 1}" : "";
            throw new UserMistakeException(new Mistake("PIL1802", $"The file is no JSON: {Reason(exception)}", path + line, "Fetch it again: it may be cut off, or be a pointer to a file that was not fetched.").ToString());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(new Mistake("PIL1801", $"The file cannot be read: {exception.Message.TrimEnd('.')}.", path, "Give a folder with config.json, model.safetensors and tokenizer.json.").ToString());
        }
    }

    /// <summary>An element of the object, nothing where it is absent or null.</summary>
    public JsonElement? Find(string name) => Find(Root, name);

    /// <summary>An element of an object inside.</summary>
    public static JsonElement? Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    /// <summary>A whole number, at least the minimum; a mistake and the minimum where it is absent without a default, or is none.</summary>
    public int Integer(string name, int minimum, int? absent = null)
    {
        if (Find(name) is not { } element) return absent ?? Missing(name, minimum);
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) && number >= minimum) return number;
        return Wrong(name, element, $"a whole number of at least {minimum}", minimum);
    }

    /// <summary>A number above 0.</summary>
    public float Positive(string name, float absent)
    {
        if (Find(name) is not { } element) return absent;
        if (element.ValueKind == JsonValueKind.Number && element.TryGetSingle(out var number) && number > 0 && float.IsFinite(number)) return number;
        return Wrong(name, element, "a number above 0", absent);
    }

    /// <summary>A truth value.</summary>
    public bool Truth(string name, bool absent) => Find(name) is not { } element ? absent
        : element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : Wrong(name, element, "true or false", absent);

    /// <summary>A text.</summary>
    public string? Text(string name) => Find(name) is not { } element ? null
        : element.ValueKind == JsonValueKind.String ? element.GetString() : Wrong<string?>(name, element, "a text", null);

    /// <summary>Throws what was found.</summary>
    /// <exception cref="UserMistakeException">There is at least one mistake.</exception>
    public void ThrowIfAny() => UserMistakeException.ThrowIfAny([.. Mistakes.Select(mistake => (mistake.Where.Length > 0 ? mistake : mistake with { Where = Path }).ToString())]);

    private int Missing(string name, int instead)
    {
        Mistakes.Add(new("PIL1805", $"{name} is missing.", "", "Give the config.json that belongs to the weights."));
        return instead;
    }

    private T Wrong<T>(string name, JsonElement element, string wanted, T instead)
    {
        Mistakes.Add(new("PIL1805", $"{name} = {element.GetRawText()} cannot be used; wanted {wanted}.", "", "Give the config.json that belongs to the weights."));
        return instead;
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => "another value",
    };

    // The reader's message ends with places that count from 0; the line stands in the mistake already.
    private static string Reason(JsonException exception)
    {
        var end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }
}
