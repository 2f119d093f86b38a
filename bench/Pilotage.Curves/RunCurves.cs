using System.Globalization;
using System.Text.Json;

namespace Pilotage.Curves;

/// <summary>Curves of finished training runs: <c>train</c> made them one by one, their folders are read here.</summary>
/// <remarks>A curve's points are the mean return of the last 100 episodes while learning, exploration and all; its last point is the greedy policy's, over the evaluation episodes.</remarks>
internal static class RunCurves
{
    private const int Points = 20;

    /// <summary>Reads runs, and puts those of one algorithm, task and number of steps together.</summary>
    /// <param name="folders">Run folders of trainings that ended.</param>
    /// <param name="published">What others report.</param>
    /// <returns>One summary for each published figure that has runs, in the figures' order.</returns>
    /// <exception cref="UserMistakeException">A folder holds no finished training, or one of which nothing is published.</exception>
    public static IReadOnlyList<CurveSummary> Read(IEnumerable<string> folders, IReadOnlyList<PublishedFigure> published)
    {
        var (runs, problems) = (new List<(PublishedFigure Figure, IReadOnlyList<(long, double)> Curve)>(), new List<string>());
        foreach (var folder in folders)
        {
            var path = Path.Combine(folder, "report.json");
            if (!File.Exists(path))
            {
                problems.Add($"{folder} holds no report.json: give folders of trainings that ended.");
                continue;
            }
            using var report = JsonDocument.Parse(File.ReadAllText(path));
            var curve = CurveOf(Path.Combine(folder, "metrics.jsonl"), report.RootElement.GetProperty("evaluation").GetProperty("mean").GetDouble());
            var name = report.RootElement.GetProperty("system").GetString();
            if (published.FirstOrDefault(figure => $"{figure.OwnName}-{figure.Environment}" == name && figure.Steps == curve[^1].Steps) is { } found) runs.Add((found, curve));
            else problems.Add(string.Create(CultureInfo.InvariantCulture, $"{folder}: nothing is published of {name} at {curve[^1].Steps} steps."));
        }
        UserMistakeException.ThrowIfAny(problems);
        return [.. published.Select(figure => new CurveSummary(figure, [.. runs.Where(run => run.Figure == figure).Select(run => run.Curve)])).Where(summary => summary.Trials.Count > 0)];
    }

    private static List<(long Steps, double Return)> CurveOf(string metricsPath, double final)
    {
        var all = new List<(long Steps, double Return)>();
        foreach (var line in File.ReadLines(metricsPath))
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.TryGetProperty("episode_return", out var value) && value.ValueKind == JsonValueKind.Number)
                all.Add((document.RootElement.GetProperty("step").GetInt64(), value.GetDouble()));
        }
        var last = all[^1].Steps;
        return [.. Enumerable.Range(1, Points - 1).Select(point => all[Math.Max(0, all.FindLastIndex(line => line.Steps <= last * point / Points))]), (last, final)];
    }
}
