using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pilotage.Lab.Sweeps;

/// <summary>What a trial of a sweep computes, as text: with the run's configuration and a seed enough for any process.</summary>
/// <param name="Digest">Of the written choice, for a trial of the verdict; empty while tuning.</param>
/// <param name="IsRule">Whether the rule that decides today is measured and not a candidate.</param>
/// <param name="Values">Settings by key that differ from the start.</param>
internal sealed record TrialKey(string Digest, bool IsRule, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Whether it belongs to the verdict.</summary>
    [JsonIgnore]
    public bool IsTest => Digest.Length > 0;

    /// <summary>A candidate on a tuning seed.</summary>
    public static TrialKey Tuning(IReadOnlyDictionary<string, string> values) => new("", IsRule: false, values);

    /// <summary>The rule on a tuning seed.</summary>
    public static TrialKey TuningRule { get; } = new("", IsRule: true, new Dictionary<string, string>());

    /// <summary>Settings on a test seed.</summary>
    public static TrialKey Test(WrittenChoice choice, IReadOnlyDictionary<string, string> values) => new(choice.Digest, IsRule: false, values);

    /// <summary>The rule on a test seed.</summary>
    public static TrialKey TestRule(WrittenChoice choice) => new(choice.Digest, IsRule: true, new Dictionary<string, string>());

    /// <summary>One line of JSON.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, TrialKeyContext.Default.TrialKey);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="UserMistakeException">It is no key (PIL2013).</exception>
    public static TrialKey Parse(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, TrialKeyContext.Default.TrialKey) is { Digest: not null, Values: not null } key) return key;
        }
        catch (JsonException)
        {
            // Told below, with what does not parse.
        }
        throw new UserMistakeException(new Mistake("PIL2013", $"'{text}' is no trial of a sweep.", "", "The one who asked runs another version of this program: use the same everywhere.").ToString());
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrialKey))]
internal sealed partial class TrialKeyContext : JsonSerializerContext;
