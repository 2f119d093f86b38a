using System.Globalization;

namespace Pilotage.Lab.Checkpoints;

/// <summary>A run's checkpoints: the last two good ones, each whole or not there at all.</summary>
/// <remarks>Not thread-safe; one writer at a time.</remarks>
public sealed class CheckpointFolder
{
    // One that is being relied on while the next is written, and one more for a disk that loses what it confirmed.
    private const int Kept = 2;
    private const string Prefix = "steps-";
    private const string Extension = ".safetensors";
    private readonly Func<string, Stream> _create;
    private readonly List<string> _good = [];

    /// <summary>Opens a folder.</summary>
    /// <param name="path">Made when the first checkpoint is saved.</param>
    public CheckpointFolder(string path) : this(path, DurableFile.Create) { }

    /// <summary>Opens a folder that writes through streams of the caller's, for tests of full disks.</summary>
    internal CheckpointFolder(string path, Func<string, Stream> create)
    {
        Path = path;
        _create = create;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The files, newest first.</summary>
    public IReadOnlyList<string> Files => Directory.Exists(Path)
        ? [.. Directory.EnumerateFiles(Path, $"{Prefix}*{Extension}").OrderDescending(StringComparer.Ordinal)]
        : [];

    /// <summary>Writes a checkpoint and then removes all but the last two good ones.</summary>
    /// <param name="checkpoint">Taken between two iterations.</param>
    /// <returns>The file.</returns>
    /// <exception cref="RunFailedException">The disk does not take it; the last good one is untouched and nothing half is left.</exception>
    public string Save(Checkpoint checkpoint)
    {
        // Twelve digits sort as text up to more steps than any run has.
        var path = System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{checkpoint.Steps:D12}{Extension}"));
        try
        {
            Directory.CreateDirectory(Path);
            DurableFile.Write(path, stream => CheckpointFile.Write(stream, checkpoint), _create);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var safe = _good.Count > 0 ? $"The last good one is {_good[^1]}"
                : Files.Count > 0 ? "Those written before are untouched" : "There is none before it";
            throw new RunFailedException(
                $"The checkpoint {path} could not be written: {exception.Message.TrimEnd('.')}. {safe}. Free space or give another folder, then resume.", exception);
        }

        _good.Remove(path);
        _good.Add(path);
        Prune();
        return path;
    }

    /// <summary>Reads the newest checkpoint that is whole and belongs to the run.</summary>
    /// <param name="kind">The algorithm's name.</param>
    /// <param name="configurationHash">Of the run.</param>
    /// <returns>The checkpoint, and what to tell of newer ones that could not be used.</returns>
    /// <exception cref="UserMistakeException">There is none; says of each file what is wrong with it.</exception>
    public LoadedCheckpoint LoadNewest(string kind, string configurationHash)
    {
        var mistakes = new List<Mistake>();
        foreach (var path in Files)
        {
            try
            {
                using var stream = File.OpenRead(path);
                var checkpoint = CheckpointFile.Read(stream);
                if (Mismatch(checkpoint, path, kind, configurationHash) is { } mistake)
                {
                    mistakes.Add(mistake);
                    continue;
                }

                _good.Add(path);
                return new(checkpoint, path, [.. mistakes.Select(problem => (problem with { Advice = $"Going on from {path} instead." }).ToString())]);
            }
            catch (InvalidDataException exception)
            {
                mistakes.Add(new("PIL0302", $"{path} cannot be used: {exception.Message}.", "", "Put a good copy back, or start the run anew."));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                mistakes.Add(new("PIL0303", $"{path} cannot be read: {exception.Message.TrimEnd('.')}.", "", "Make it readable and resume again."));
            }
        }

        if (mistakes.Count == 0) mistakes.Add(new("PIL0301", $"{Path} holds no checkpoint.", "", "The run stopped before its first one: start it anew."));
        throw new UserMistakeException([.. mistakes.Select(mistake => mistake.ToString())]);
    }

    private static Mistake? Mismatch(Checkpoint checkpoint, string path, string kind, string configurationHash)
    {
        if (checkpoint.Kind != kind)
            return new("PIL0304", $"{path} is a checkpoint of {checkpoint.Kind}, and the run is one of {kind}.", "", "Put the run's own file back, or start anew.");
        return checkpoint.ConfigurationHash == configurationHash ? null : new(
            "PIL0305",
            $"{path} was written under other settings: configuration {Short(checkpoint.ConfigurationHash)}, and config.yaml gives {Short(configurationHash)}.", "",
            "Put config.yaml back as the run wrote it, or start a new run with the new settings.");
    }

    private static string Short(string hash) => hash[..Math.Min(12, hash.Length)];

    private void Prune()
    {
        if (_good.Count < Kept) return;
        _good.RemoveRange(0, _good.Count - Kept);
        try
        {
            foreach (var file in Files.Except(_good)) File.Delete(file);
            foreach (var file in Directory.EnumerateFiles(Path, $"{Prefix}*{DurableFile.TemporarySuffix}")) File.Delete(file);    // left by a kill
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be removed costs space and nothing else; the next checkpoint tries again.
        }
    }
}
