using System.Collections.Concurrent;
using System.Text.Json;
using Pilotage.Lab.Runs;

namespace Pilotage.Dashboard.Board.Runs;

/// <summary>Reads the finished trials of runs that did not write down how many they have, such as those of an earlier version; each file once. Thread-safe.</summary>
internal sealed class TrialBook
{
    private const string Timing = "timing/";
    private const int MostKept = 20_000;
    private readonly ConcurrentDictionary<string, (DateTime Time, Trial? Trial)> _kept = new();

    /// <summary>How far a comparison is.</summary>
    /// <param name="folder">Its folder of trials; may be absent.</param>
    /// <returns>Without totals; <see langword="null"/> if no trial has ended.</returns>
    public RunProgress? Read(string folder)
    {
        if (!Directory.Exists(folder)) return null;
        var trials = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Select(ReadKept).OfType<Trial>().ToList();
        if (trials.Count == 0) return null;
        var arms = trials.GroupBy(trial => trial.Arm).Select(arm => new ArmProgress(
            "", arm.Key, null, arm.Count(), null, arm.All(trial => double.IsFinite(trial.Mean)) ? arm.Average(trial => trial.Mean) : null, arm.Sum(trial => trial.Seconds)));
        return new(RunProgress.CurrentSchema, trials.Count, null, IsAtMost: false, trials[0].Metric, null, null, [.. arms.OrderBy(arm => arm.Arm, StringComparer.Ordinal)]);
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
