using System.Collections.Concurrent;
using System.Text.Json;

namespace Pilotage.Dashboard.Board.Runs;

/// <summary>Reads the finished trials of comparisons that go on, each file once. Thread-safe.</summary>
internal sealed class TrialBook
{
    private const string Timing = "timing/";
    private const int MostKept = 20_000;
    private readonly ConcurrentDictionary<string, (DateTime Time, Trial? Trial)> _kept = new();

    /// <summary>The arms of a comparison.</summary>
    /// <param name="folder">Its folder of trials; may be absent.</param>
    public IReadOnlyList<TrialTally> Read(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var trials = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Select(ReadKept).OfType<Trial>().ToList();
        return
        [
            .. trials.GroupBy(trial => trial.Arm).Select(arm => new TrialTally(
                arm.Key, arm.Count(), arm.First().Metric, arm.All(trial => double.IsFinite(trial.Mean)) ? arm.Average(trial => trial.Mean) : null, arm.Sum(trial => trial.Seconds)))
                .OrderBy(tally => tally.Arm, StringComparer.Ordinal),
        ];
    }

    private Trial? ReadKept(string path)
    {
        var time = File.GetLastWriteTimeUtc(path);
        if (_kept.TryGetValue(path, out var kept) && kept.Time == time) return kept.Trial;
        if (_kept.Count > MostKept) _kept.Clear();
        var trial = ReadOne(path);
        _kept[path] = (time, trial);
        return trial;
    }

    private static Trial? ReadOne(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var metric = "";
            var (sum, count) = (0.0, 0);
            foreach (var measurement in root.GetProperty("measurements").EnumerateArray())
            {
                var name = measurement.GetProperty("metric").GetString()!;
                if (name.StartsWith(Timing, StringComparison.Ordinal)) continue;
                if (metric.Length == 0) metric = name;
                if (name == metric) (sum, count) = (sum + measurement.GetProperty("value").GetDouble(), count + 1);
            }
            return new(root.GetProperty("arm").GetString()!, metric, sum / count, root.GetProperty("elapsedSeconds").GetDouble());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;                                 // a trial that is being written
        }
    }

    private sealed record Trial(string Arm, string Metric, double Mean, double Seconds);
}
