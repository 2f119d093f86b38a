using System.Text.Json;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The recommended policy for a job as JSON: a rule's parameters, or where the learned policy stands.</summary>
internal static class JobPolicyFile
{
    /// <summary>Folder of a learned policy's files.</summary>
    public const string FolderName = "recommended-policy";

    private const string Name = "recommended-policy.json";

    /// <summary>Writes the file.</summary>
    /// <returns>Its name.</returns>
    public static string Write(string folder, JobCandidate recommended, JobModel model)
    {
        using var stream = File.Create(Path.Combine(folder, Name));
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("policy", recommended.Name);
        json.WriteStartObject("parameters");
        foreach (var (name, value) in recommended.Parameters) json.WriteNumber(name, value);
        json.WriteEndObject();
        json.WriteStartObject("machines");
        json.WriteStartArray("speeds");
        foreach (var speed in model.Settings.Speeds) json.WriteNumberValue(speed);
        json.WriteEndArray();
        json.WriteStartArray("bidsPerHour");
        foreach (var bid in model.Bids) json.WriteNumberValue(bid);
        json.WriteEndArray();
        json.WriteNumber("stepSeconds", model.Settings.StepSeconds);
        json.WriteNumber("maximumMachines", model.Settings.MaximumMachines);
        json.WriteEndObject();
        if (recommended.Learned is not null) json.WriteString("folder", FolderName);
        json.WriteEndObject();
        return Name;
    }
}
