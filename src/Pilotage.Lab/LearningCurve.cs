using System.Text.Json;

namespace Pilotage.Lab;

/// <summary>Mean return of the latest episodes over environment steps, read from a run's metrics.</summary>
/// <param name="Points">Ascending in steps; without the lines before the first finished episode.</param>
public sealed record LearningCurve(IReadOnlyList<(long Step, double Return)> Points)
{
    /// <summary>The metric that the curve shows.</summary>
    public const string Metric = "episode_return";

    /// <summary>Reads the curve of a run.</summary>
    /// <param name="metricsPath">A <c>metrics.jsonl</c>; lines that cannot be read are left out.</param>
    /// <returns>The curve; empty if the file is absent.</returns>
    public static LearningCurve Read(string metricsPath)
    {
        if (!File.Exists(metricsPath)) return new([]);
        var points = new List<(long, double)>();
        foreach (var line in File.ReadLines(metricsPath))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                var root = document.RootElement;
                if (root.TryGetProperty("step", out var step) && root.TryGetProperty(Metric, out var value) && value.ValueKind == JsonValueKind.Number)
                    points.Add((step.GetInt64(), value.GetDouble()));
            }
            catch (JsonException)
            {
                // A line that a kill cut off; the run goes on without it.
            }
        }
        return new(points);
    }
}
