using System.Text.Json.Serialization;

namespace Pilotage.Lab.Sweeps;

/// <summary>What a sweep chose, and all that it chose from: the content of <c>choice.json</c>.</summary>
/// <param name="Schema"><see cref="CurrentSchema"/>.</param>
/// <param name="Chosen">Name of the chosen candidate.</param>
/// <param name="Values">Its settings by key; for the default those that it has.</param>
/// <param name="Score">Its mean on the tuning seeds, in the metric's own direction.</param>
/// <param name="Metric">What was measured.</param>
/// <param name="Candidates">All that were tried, in order.</param>
/// <remarks>Test seeds hang on the file's bytes, so nothing stands in it that could change without the trials: no version, no time, no setting that does not count.</remarks>
internal sealed record Choice(
    string Schema, string Chosen, IReadOnlyDictionary<string, string> Values, double Score, string Metric, IReadOnlyList<TriedCandidate> Candidates)
{
    /// <summary>Changes when a reader of the last one would misread the new one.</summary>
    public const string CurrentSchema = "pilotage-choice/1";

    /// <summary>Whether the default was best, so that tuning changed nothing.</summary>
    [JsonIgnore]
    public bool IsDefault => Chosen == "default";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(Choice))]
internal sealed partial class ChoiceContext : JsonSerializerContext;
