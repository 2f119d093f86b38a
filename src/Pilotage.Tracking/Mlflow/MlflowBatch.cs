using System.Globalization;
using System.Text.Json;

namespace Pilotage.Tracking.Mlflow;

/// <summary>What one call of <c>runs/log-batch</c> carries: values of one kind.</summary>
/// <param name="Kind"><c>metrics</c>, <c>params</c> or <c>tags</c>.</param>
/// <param name="Entries">Each a JSON object.</param>
/// <remarks>Limits: MLflow's <c>utils/validation.py</c>, versions 2 and 3: 1,000 metrics, 100 parameters, 100 tags, and a body of a million characters.</remarks>
internal sealed record MlflowBatch(string Kind, IReadOnlyList<string> Entries)
{
    private const int MostMetrics = 1000, MostTexts = 100, MostCharacters = 900_000;

    /// <summary>All of a run's content in legal batches: parameters, tags, metrics.</summary>
    /// <param name="content">The run.</param>
    /// <param name="time">Of every point, in milliseconds since 1970.</param>
    public static IEnumerable<MlflowBatch> Of(MlflowContent content, long time) =>
    [
        .. Cut("params", MostTexts, content.Parameters.Select(Text)), .. Cut("tags", MostTexts, content.Tags.Select(Text)),
        .. Cut("metrics", MostMetrics, content.Metrics.SelectMany(metric => metric.Points.Select(point => Point(metric.Name, time, point.Step, point.Value)))),
    ];

    /// <summary>The call's body.</summary>
    /// <param name="run">The run's identity on the server.</param>
    public string Body(string run) => $"{{\"run_id\":{Json(run)},\"{Kind}\":[{string.Join(',', Entries)}]}}";

    private static IEnumerable<MlflowBatch> Cut(string kind, int most, IEnumerable<string> entries)
    {
        var (batch, length) = (new List<string>(), 0);
        foreach (var entry in entries)
        {
            if (batch.Count == most || (batch.Count > 0 && length + entry.Length > MostCharacters))
            {
                yield return new(kind, batch);
                (batch, length) = ([], 0);
            }
            batch.Add(entry);
            length += entry.Length + 1;
        }
        if (batch.Count > 0) yield return new(kind, batch);
    }

    private static string Text((string Name, string Value) pair) => $"{{\"key\":{Json(pair.Name)},\"value\":{Json(pair.Value)}}}";

    // What is no JSON number is written as the JSON form of protocol buffers has it: "NaN", "Infinity", "-Infinity".
    private static string Point(string name, long time, long step, double value) =>
        FormattableString.Invariant($"{{\"key\":{Json(name)},\"value\":{(double.IsFinite(value) ? Json(value) : $"\"{(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity")}\"")},\"timestamp\":{time},\"step\":{step}}}");

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static string Json(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
