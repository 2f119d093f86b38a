using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pilotage.Evaluation.Reports;
using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>The text of <c>policy.json</c>. Numbers keep all their bits.</summary>
internal static class PolicyJson
{
    private const string Family = "pilotage-policy/";

    private static readonly PolicyContext Context = new(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,                   // a file of its own, never part of a page
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new Words.Converter<Activation>(), new Words.Converter<Normalization>(), new Words.Converter<DeviationForm>() },
    });

    public static string Write(PolicyManifest manifest) =>
        JsonSerializer.Serialize(
            new(PolicyManifest.CurrentSchema, manifest.LibraryVersion, EnvironmentText.Of(manifest.Environment), manifest.Policy, manifest.ParameterHash, manifest.Source),
            Context.PolicyText) + "\n";

    /// <summary>Reads the text; the mistake names <paramref name="path"/>.</summary>
    public static PolicyManifest Read(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            RequireSchema(document.RootElement, path);
            RequireKnownKinds(document.RootElement, path);
            var text = document.Deserialize(Context.PolicyText)!;
            return new(text.Environment.ToSpec(), text.Policy, text.ParameterHash, text.Source, text.Library);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            var reason = exception.Message.Split(" Path:")[0].TrimEnd('.');
            throw Mistake("PIL0603", $"{path} cannot be read: {reason}.", "It is cut off or was changed: export the policy again.");
        }
    }

    private static void RequireSchema(JsonElement root, string path)
    {
        var schema = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schema", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "none";
        if (schema == PolicyManifest.CurrentSchema) return;
        var advice = schema.StartsWith(Family, StringComparison.Ordinal) ? "A newer version of this program wrote it: use that one, or export the policy with this one." : "Give a policy that pilotage export wrote.";
        throw Mistake("PIL0604", $"{path} has the schema \"{schema}\"; this version reads \"{PolicyManifest.CurrentSchema}\".", advice);
    }

    private static void RequireKnownKinds(JsonElement root, string path)
    {
        var known = Context.PolicyDescriptor.PolymorphismOptions!.DerivedTypes.Select(type => (string)type.TypeDiscriminator!).ToList();
        for (var found = root.TryGetProperty("policy", out var policy); found && policy.ValueKind == JsonValueKind.Object; found = policy.TryGetProperty("inner", out policy))
        {
            var kind = policy.TryGetProperty("kind", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "none";
            if (!known.Contains(kind))
                throw Mistake("PIL0605", $"{path} describes a policy of the kind \"{kind}\". Known: {string.Join(", ", known)}.", "It needs the version of this program that wrote it.");
        }
    }

    private static UserMistakeException Mistake(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());
}

internal sealed record PolicyText(string Schema, string Library, EnvironmentText Environment, PolicyDescriptor Policy, string ParameterHash, PolicySource? Source = null);

[JsonSerializable(typeof(PolicyText))]
internal sealed partial class PolicyContext : JsonSerializerContext;
