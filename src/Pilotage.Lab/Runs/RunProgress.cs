using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pilotage.Evaluation;

namespace Pilotage.Lab.Runs;

/// <summary>How far a comparison or sweep is: <c>progress.json</c> of its folder, written when it begins and whenever a trial ends, and gone once the report is there.</summary>
/// <param name="Schema"><see cref="CurrentSchema"/>.</param>
/// <param name="Done">Trials that ended, those of earlier sittings too.</param>
/// <param name="Total">All trials; <see langword="null"/> if that was never written down.</param>
/// <param name="IsAtMost">Whether fewer may do: a sweep chooses its later trials by what the earlier ones give.</param>
/// <param name="Metric">What decides, as tables print it.</param>
/// <param name="ElapsedSeconds">Time spent, over all sittings; <see langword="null"/> if that was never written down.</param>
/// <param name="SecondsLeft">Time that is left if the trials to come take as long as those of their kind did; <see langword="null"/> while there are none to go by.</param>
/// <param name="Arms">In the order in which they were planned.</param>
/// <remarks>No verdict follows from it: arms have finished different seeds.</remarks>
public sealed record RunProgress(
    string Schema, int Done, int? Total, bool IsAtMost, string Metric, double? ElapsedSeconds, double? SecondsLeft, IReadOnlyList<ArmProgress> Arms)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "progress.json";

    /// <summary>The schema that is written.</summary>
    public const string CurrentSchema = "pilotage-progress/1";

    /// <summary>When it was written, in UTC.</summary>
    [JsonIgnore]
    public DateTime Written { get; private init; }

    /// <summary>In words: <c>12 of 40 trials</c>.</summary>
    [JsonIgnore]
    public string Text => Total is { } total
        ? string.Create(CultureInfo.InvariantCulture, $"{Done:N0} of {(IsAtMost ? "at most " : "")}{total:N0} trial{(total == 1 ? "" : "s")}")
        : string.Create(CultureInfo.InvariantCulture, $"{Done:N0} trial{(Done == 1 ? "" : "s")} finished");

    /// <summary>Reads a run's progress.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>The progress; <see langword="null"/> if there is none that can be read.</returns>
    public static RunProgress? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var written = File.GetLastWriteTimeUtc(path);
            var progress = JsonSerializer.Deserialize(File.ReadAllBytes(path), RunProgressContext.Default.RunProgress);
            return progress is { Schema: CurrentSchema, Arms: not null, Metric: not null } ? progress with { Written = written } : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What is true some time after it was written, if a process was at work all the while.</summary>
    /// <param name="now">In UTC.</param>
    /// <returns>With more time spent and less left; what is left is not known once it is used up.</returns>
    public RunProgress At(DateTime now)
    {
        var since = Math.Max(0, (now - Written).TotalSeconds);
        return this with { ElapsedSeconds = ElapsedSeconds + since, SecondsLeft = SecondsLeft - since is > 0 and var left ? left : null };
    }

    /// <summary>Writes it whole or not at all. A disk that does not take it stops no run: whoever watches then sees what was.</summary>
    internal void Write(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            File.WriteAllBytes(path + DurableFile.TemporarySuffix, JsonSerializer.SerializeToUtf8Bytes(this, RunProgressContext.Default.RunProgress));
            File.Move(path + DurableFile.TemporarySuffix, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Remove(path + DurableFile.TemporarySuffix);
        }
    }

    /// <summary>Removes it from a run that has a report.</summary>
    internal static void Forget(string folder) => Remove(Path.Combine(folder, FileName));

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It says less than the report beside it, and nothing false.
        }
    }
}

/// <summary>How far an arm is.</summary>
/// <param name="Phase"><c>tuning</c> or <c>test</c> of a sweep; empty in a comparison.</param>
/// <param name="Arm">Its name.</param>
/// <param name="Kind">The part it plays; <see langword="null"/> if that was never written down.</param>
/// <param name="Done">Trials that ended.</param>
/// <param name="Trials">All of its trials; <see langword="null"/> if that was never written down.</param>
/// <param name="Mean">Of the metric over the trials that ended, each being the mean of its instances; <see langword="null"/> for none, or where one measured none.</param>
/// <param name="Seconds">Of its ended trials together.</param>
public sealed record ArmProgress(string Phase, string Arm, ArmKind? Kind, int Done, int? Trials, double? Mean, double Seconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunProgress))]
internal sealed partial class RunProgressContext : JsonSerializerContext;
