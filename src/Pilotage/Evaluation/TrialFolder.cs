using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pilotage.Evaluation;

/// <summary>Finished trials as files of a folder, one JSON file each. A file that is damaged, cut short or of another study is ignored; its trial is repeated.</summary>
/// <remarks>A file is written beside its place, flushed and renamed, so a kill leaves the old file or the new one. JSON numbers hold doubles exactly.</remarks>
public sealed class TrialFolder : ITrialStore
{
    private readonly string _folder;
    private readonly string _study;

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">Created if it is missing.</param>
    /// <param name="study">All that the trials depend on, as text: system, scale, settings, root seed, version. Trials saved under another text are not used.</param>
    /// <exception cref="RunFailedException">The folder cannot be made.</exception>
    public TrialFolder(string folder, string study)
    {
        (_folder, _study) = (folder, study);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"The folder for finished trials, {folder}, cannot be made: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public FinishedTrial? TryLoad(string arm, int seed)
    {
        try
        {
            using var file = File.OpenRead(PathOf(arm, seed));
            var content = JsonSerializer.Deserialize(file, TrialFileContext.Default.TrialFile);
            if (content is not { Measurements: { } measurements } || content.Study != _study || content.Arm != arm || content.Seed != seed) return null;
            return measurements.All(m => m is { Metric: not null, Instance: not null }) ? new(measurements, content.ElapsedSeconds) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;                                                // repeating a trial costs time; trusting half a file costs the study
        }
    }

    /// <inheritdoc/>
    public void Save(string arm, int seed, FinishedTrial trial)
    {
        var path = PathOf(arm, seed);
        try
        {
            using (var file = File.Create(path + ".new"))
            {
                JsonSerializer.Serialize(file, new(_study, arm, seed, trial.ElapsedSeconds, trial.Measurements), TrialFileContext.Default.TrialFile);
                file.Flush(flushToDisk: true);
            }
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(path + ".new");                                      // half a file is of no use and the disk may be full
            throw new RunFailedException(
                FormattableString.Invariant($"The trial of arm '{arm}', seed {seed} cannot be kept in {path}: {e.Message} Trials kept before are safe; free space or give another folder, then run again."), e);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What made the writing fail makes this fail too, and is told.
        }
    }

    private string PathOf(string arm, int seed) => Path.Combine(_folder, FormattableString.Invariant($"{Uri.EscapeDataString(arm)}.{seed}.json"));
}

internal sealed record TrialFile(string Study, string Arm, int Seed, double ElapsedSeconds, IReadOnlyList<Measurement> Measurements);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrialFile))]
internal sealed partial class TrialFileContext : JsonSerializerContext;
