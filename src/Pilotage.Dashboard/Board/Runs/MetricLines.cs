using System.Text.Json;

namespace Pilotage.Dashboard.Board.Runs;

/// <summary>Lines of a run's <c>metrics.jsonl</c>, from a place in the file on: what a page that has the beginning still lacks.</summary>
/// <param name="From">Where reading began, in bytes; 0 if the file was cut since, so that the page must begin anew.</param>
/// <param name="Next">Where to go on, in bytes.</param>
/// <param name="Steps">Environment steps, one a line.</param>
/// <param name="Values">By metric, one a line; <see langword="null"/> where it is not finite or absent.</param>
public sealed record MetricLines(long From, long Next, IReadOnlyList<long> Steps, IReadOnlyDictionary<string, IReadOnlyList<double?>> Values)
{
    // A training writes a thousandth of itself a line; a longer file is not ours to show whole.
    private const int MostBytes = 32 * 1024 * 1024;

    /// <summary>Reads whole lines.</summary>
    /// <param name="path">The file; may be absent.</param>
    /// <param name="after">Where to begin: 0, or <see cref="Next"/> of the last time.</param>
    internal static MetricLines Read(string path, long after)
    {
        var steps = new List<long>();
        var values = new OrderedDictionary<string, IReadOnlyList<double?>>();
        byte[] bytes;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (after < 0 || after > file.Length) after = 0;
            file.Position = after;
            bytes = new byte[Math.Min(file.Length - after, MostBytes)];
            bytes = bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(0, 0, [], values);
        }
        var start = 0;
        for (int length; (length = bytes.AsSpan(start).IndexOf((byte)'\n')) >= 0; start += length + 1) Add(bytes.AsSpan(start, length), steps, values);
        foreach (var column in values.Values) Fill(column, steps.Count);
        return new(after, after + start, steps, values);
    }

    private static void Add(ReadOnlySpan<byte> line, List<long> steps, OrderedDictionary<string, IReadOnlyList<double?>> values)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("step", out var step) || !step.TryGetInt64(out var number)) return;
            foreach (var metric in document.RootElement.EnumerateObject().Where(metric => metric.Name != "step"))
            {
                if (!values.TryGetValue(metric.Name, out var column)) values.Add(metric.Name, column = new List<double?>());
                Fill(column, steps.Count);
                ((List<double?>)column).Add(metric.Value.ValueKind == JsonValueKind.Number ? metric.Value.GetDouble() : null);
            }
            steps.Add(number);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A line that a kill cut off; the run goes on without it.
        }
    }

    private static void Fill(IReadOnlyList<double?> column, int count)
    {
        while (column.Count < count) ((List<double?>)column).Add(null);
    }
}
