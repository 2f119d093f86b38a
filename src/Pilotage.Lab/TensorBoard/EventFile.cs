using System.Buffers;
using System.Globalization;
using Pilotage.Lab.Protobuf;
using Pilotage.Training;

namespace Pilotage.Lab.TensorBoard;

/// <summary>A run's <c>events.out.tfevents.*</c>, which TensorBoard reads: scalars, texts, histograms.</summary>
/// <remarks>
/// Events carry the wall clock's time, because TensorBoard shows it; so the file is not among what equal runs share bit for bit. A resumed run goes on in the
/// same file: what lies beyond its checkpoint, and a last record that a kill cut off, are removed first.
/// </remarks>
public sealed class EventFile : IDisposable
{
    /// <summary>What the names of such files begin with.</summary>
    public const string Prefix = "events.out.tfevents.";

    private readonly FileStream _stream;
    private readonly TimeProvider _clock;
    private readonly ArrayBufferWriter<byte> _frames = new();

    private EventFile(string path, TimeProvider clock)
    {
        Path = path;
        _clock = clock;
        _stream = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    private double WallTime => _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Starts or goes on with a run's file.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="lastStep">Events beyond this step are removed; 0 for a new run, whose older files are removed whole.</param>
    /// <param name="clock">Gives the time in the name and in the events.</param>
    /// <returns>The file, at its end.</returns>
    /// <exception cref="RunFailedException">It cannot be written.</exception>
    public static EventFile Open(string folder, long lastStep, TimeProvider clock)
    {
        try
        {
            var existing = Directory.EnumerateFiles(folder, $"{Prefix}*").Order(StringComparer.Ordinal).ToList();
            if (lastStep > 0 && existing.Count > 0)
            {
                Cut(existing[^1], lastStep);
                return new(existing[^1], clock);
            }
            existing.ForEach(File.Delete);
            var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{clock.GetUtcNow().ToUnixTimeSeconds():D10}.pilotage");
            var file = new EventFile(System.IO.Path.Combine(folder, name), clock);
            file.Append(EventMessage.Version(file.WallTime));
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(folder, exception);
        }
    }

    /// <summary>Adds one number for each metric; those that are not finite are left out.</summary>
    /// <param name="step">Environment steps so far.</param>
    /// <param name="metrics">By the field's metric names.</param>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    public void AppendScalars(long step, IReadOnlyList<KeyValuePair<string, double>> metrics) =>
        Append(EventMessage.Of(WallTime, step, metrics.Where(metric => double.IsFinite(metric.Value)).Select(metric => EventMessage.Scalar(metric.Key, metric.Value))));

    /// <summary>Adds a text.</summary>
    /// <param name="step">Environment steps so far.</param>
    /// <param name="tag">Its name.</param>
    /// <param name="text">Markdown.</param>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    public void AppendText(long step, string tag, string text) => Append(EventMessage.Of(WallTime, step, EventMessage.Text(tag, text)));

    /// <summary>Adds a histogram of each block of weights.</summary>
    /// <param name="step">Environment steps so far.</param>
    /// <param name="weights">Finite; empty blocks are left out.</param>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    public void AppendHistograms(long step, IReadOnlyList<WeightBlock> weights) =>
        Append(EventMessage.Of(WallTime, step, weights.Where(block => block.Values.Length > 0).Select(block => EventMessage.Histogram($"weights/{block.Name}", block.Values.Span))));

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private void Append(MessageWriter message)
    {
        _frames.ResetWrittenCount();
        RecordFraming.Write(_frames, message.Written);
        try
        {
            _stream.Write(_frames.WrittenSpan);
            _stream.Flush();
        }
        catch (IOException exception)
        {
            throw Failure(Path, exception);
        }
    }

    private static void Cut(string path, long lastStep)
    {
        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path), record = default;
        using var kept = new MemoryStream();
        for (var start = 0; RecordFraming.TryRead(bytes[start..], ref record) is var length and > 0; start += length)
            if (StepOf(record.Span) <= lastStep) kept.Write(bytes.Span.Slice(start, length));
        if (kept.Length == bytes.Length) return;
        DurableFile.Write(path, stream => { kept.WriteTo(stream); return kept.Length; }, DurableFile.Create);
    }

    private static long StepOf(ReadOnlySpan<byte> record)
    {
        var step = 0L;                                                   // an event of step 0 does not say so
        for (var reader = new MessageReader(record); reader.Next();) if (reader.Field == EventMessage.Step) step = (long)reader.Number;
        return step;
    }

    private static RunFailedException Failure(string path, Exception exception) =>
        new($"{path} could not be written: {exception.Message.TrimEnd('.')}. The last good checkpoint is kept.", exception);
}
