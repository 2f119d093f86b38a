using System.Text.Json;

namespace Pilotage.Lab.Runs;

/// <summary>All of a run's metrics over environment steps, read from its <c>metrics.jsonl</c>.</summary>
/// <param name="Values">By name, in the order of the first line that has it; points that are not finite are absent.</param>
public sealed record MetricSeries(IReadOnlyDictionary<string, IReadOnlyList<(long Step, double Value)>> Values)
{
    /// <summary>Reads the metrics of a run.</summary>
    /// <param name="path">A <c>metrics.jsonl</c>; lines that cannot be read are left out.</param>
    /// <returns>The series; none if the file is absent.</returns>
    public static MetricSeries Read(string path)
    {
        var values = new OrderedDictionary<string, IReadOnlyList<(long, double)>>();
        if (!File.Exists(path)) return new(values);
        foreach (var line in File.ReadLines(path))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("step", out var step)) continue;
                foreach (var metric in document.RootElement.EnumerateObject().Where(metric => metric.Name != "step" && metric.Value.ValueKind == JsonValueKind.Number))
                {
                    if (!values.TryGetValue(metric.Name, out var points)) values.Add(metric.Name, points = new List<(long, double)>());
                    ((List<(long, double)>)points).Add((step.GetInt64(), metric.Value.GetDouble()));
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
            {
                // A line that a kill cut off; the run goes on without it.
            }
        }
        return new(values);
    }
}
