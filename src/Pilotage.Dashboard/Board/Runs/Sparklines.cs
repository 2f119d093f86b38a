using System.Collections.Concurrent;
using System.Text.Json;
using Pilotage.Lab;

namespace Pilotage.Dashboard.Board.Runs;

/// <summary>Small curves of the list: the return over the run, read at some places of <c>metrics.jsonl</c> and not line by line. Thread-safe.</summary>
internal sealed class Sparklines(RunBook book)
{
    private const int Places = 40;
    private const int LongestLine = 8 * 1024;
    private const int MostKept = 20_000;
    private readonly ConcurrentDictionary<string, (long Length, DateTime Time, IReadOnlyList<double> Points)> _kept = new();

    /// <summary>The curve of a run; empty if it has none.</summary>
    public IReadOnlyList<double> Of(string name)
    {
        var file = new FileInfo(Path.Combine(book.FolderOf(name), "metrics.jsonl"));
        if (!file.Exists) return [];
        if (_kept.TryGetValue(name, out var kept) && kept.Length == file.Length && kept.Time == file.LastWriteTimeUtc) return kept.Points;
        if (_kept.Count > MostKept) _kept.Clear();
        var points = Read(file);
        _kept[name] = (file.Length, file.LastWriteTimeUtc, points);
        return points;
    }

    private static List<double> Read(FileInfo file)
    {
        var points = new List<double>(Places);
        try
        {
            using var handle = File.OpenHandle(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[LongestLine];
            var last = 0L;
            for (var place = 0; place < Places; place++)
            {
                var at = Math.Max(file.Length * place / Places, last);       // where a line reached beyond its place: the next one
                var bytes = buffer.AsSpan(0, RandomAccess.Read(handle, buffer, at));
                var start = at == 0 ? 0 : bytes.IndexOf((byte)'\n') + 1;
                var length = bytes[start..].IndexOf((byte)'\n');
                if (length < 0 || (at > 0 && start == 0)) continue;
                last = at + start + length;
                if (ReturnOf(bytes.Slice(start, length)) is { } value) points.Add(value);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A run that goes away while it is read has no curve.
        }
        return points;
    }

    private static double? ReturnOf(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(LearningCurve.Metric)) continue;
                return reader.Read() && reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : null;
            }
        }
        catch (JsonException)
        {
            // A line that a kill cut off.
        }
        return null;
    }
}
