using System.Buffers;
using System.Text.Json;

namespace Pilotage.Lab.Runs;

/// <summary>A run's <c>metrics.jsonl</c>: one JSON object a line, <c>step</c> and then a number for each metric.</summary>
/// <remarks>
/// Each line reaches the operating system before <see cref="Append"/> returns, so a killed run loses none. Written by the training loop directly and not by a
/// listener of <see cref="Training.TrainingMetrics"/>: a listener does not know which step a value belongs to, and on resume exactly the lines up to the
/// checkpoint must stay. Values that are not finite become <c>null</c>, which is all that JSON has for them.
/// </remarks>
public sealed class MetricsFile : IDisposable
{
    private const string StepKey = "step";
    private const byte LineFeed = (byte)'\n';
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly ArrayBufferWriter<byte> _line = new();

    private MetricsFile(string path)
    {
        _path = path;
        _stream = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Starts or goes on with a file.</summary>
    /// <param name="path">The file; made if absent.</param>
    /// <param name="lastStep">Lines beyond this step, and a last line that a kill cut off, are removed first; 0 for a new run.</param>
    /// <returns>The file, at its end.</returns>
    /// <exception cref="RunFailedException">It cannot be written.</exception>
    public static MetricsFile Open(string path, long lastStep)
    {
        try
        {
            if (File.Exists(path)) Cut(path, lastStep);
            return new(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(path, exception);
        }
    }

    /// <summary>Adds a line.</summary>
    /// <param name="step">Environment steps so far.</param>
    /// <param name="metrics">By the field's metric names.</param>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    public void Append(long step, IReadOnlyList<KeyValuePair<string, double>> metrics)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line))
        {
            json.WriteStartObject();
            json.WriteNumber(StepKey, step);
            foreach (var (name, value) in metrics)
            {
                if (double.IsFinite(value)) json.WriteNumber(name, value); else json.WriteNull(name);
            }

            json.WriteEndObject();
        }

        _line.GetSpan(1)[0] = LineFeed;
        _line.Advance(1);
        try
        {
            _stream.Write(_line.WrittenSpan);
            _stream.Flush();
        }
        catch (IOException exception)
        {
            throw Failure(_path, exception);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private static void Cut(string path, long lastStep)
    {
        var bytes = File.ReadAllBytes(path);
        using var kept = new MemoryStream();
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf(LineFeed);
            if (length < 0) break;
            var line = bytes.AsSpan(start, length + 1);
            if (StepOf(line) is { } step && step <= lastStep) kept.Write(line);
            start += line.Length;
        }

        if (kept.Length == bytes.Length) return;
        DurableFile.Write(path, stream => { kept.WriteTo(stream); return kept.Length; }, DurableFile.Create);
    }

    private static long? StepOf(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.TryGetProperty(StepKey, out var step) && step.TryGetInt64(out var number) ? number : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;                                                 // a line that a kill cut off, or that is not ours
        }
    }

    private static RunFailedException Failure(string path, Exception exception) =>
        new($"{path} could not be written: {exception.Message.TrimEnd('.')}. The last good checkpoint is kept.", exception);
}
