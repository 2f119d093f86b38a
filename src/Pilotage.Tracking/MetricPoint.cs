using System.Text.Json;

namespace Pilotage.Tracking;

/// <summary>One value of one metric of a training.</summary>
/// <param name="Step">Environment steps so far.</param>
/// <param name="Metric">The field's name.</param>
/// <param name="Value">The value; NaN where it was not finite, which is all that the run's file says of it.</param>
internal readonly record struct MetricPoint(long Step, string Metric, double Value)
{
    private const string StepKey = "step";

    /// <summary>Reads a run's <c>metrics.jsonl</c>.</summary>
    /// <param name="path">The file; none gives no points. A last line that is being written, or that a kill cut off, is left out.</param>
    public static IReadOnlyList<MetricPoint> Read(string path)
    {
        if (!File.Exists(path)) return [];
        var points = new List<MetricPoint>();
        // The training may have it open and be writing.
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                var root = document.RootElement;
                if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(StepKey, out var step) || !step.TryGetInt64(out var at)) continue;
                foreach (var metric in root.EnumerateObject().Where(metric => metric.Name != StepKey && metric.Value.ValueKind is JsonValueKind.Number or JsonValueKind.Null))
                    points.Add(new(at, metric.Name, metric.Value.ValueKind == JsonValueKind.Null ? double.NaN : metric.Value.GetDouble()));
            }
            catch (JsonException)
            {
                // Half a line: the run goes on without it.
            }
        }
        return points;
    }
}
