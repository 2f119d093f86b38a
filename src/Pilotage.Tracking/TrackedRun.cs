using System.Text.Json;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Runs;

namespace Pilotage.Tracking;

/// <summary>A run's folder as other tools see it: what it was made from, its metrics over steps, its results. Read once; a run that still goes on is read as far as it is.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Path">The folder.</param>
/// <param name="Header">What was run.</param>
/// <param name="Configuration">All settings by key, as <c>config.yaml</c> has them: <c>run.seed</c>, <c>settings.learningRate</c>.</param>
internal sealed record TrackedRun(string Name, string Path, RunHeader Header, IReadOnlyList<KeyValuePair<string, string>> Configuration)
{
    /// <summary>Points of a training's metrics, in the order of the file; what is not finite is NaN.</summary>
    public IReadOnlyList<MetricPoint> Metrics { get; init; } = [];

    /// <summary>Finished trials of a comparison or sweep.</summary>
    public IReadOnlyList<TrackedTrial> Trials { get; init; } = [];

    /// <summary>The report; <see langword="null"/> for an application, or before the end.</summary>
    public StudyReport? Report { get; init; }

    /// <summary>The answer of an application; <see langword="null"/> otherwise.</summary>
    public TrackedAnswer? Answer { get; init; }

    /// <summary>When the configuration was written, in milliseconds since 1970.</summary>
    public long Started { get; init; }

    /// <summary>When the report was written; <see langword="null"/> before the end.</summary>
    public long? Ended { get; init; }

    /// <summary>What it is, in words: <c>ppo on CartPole-v1, seed 0</c>.</summary>
    public string Title => RunSummary.TitleOf(Header);

    /// <summary>What it found, in a sentence; empty before the end.</summary>
    public string Headline => Report is { } report ? Lab.Reports.Headline.Of(report).Text : Answer?.Headline ?? "";

    /// <summary>Reads a run.</summary>
    /// <param name="path">Its folder, as the user gave it.</param>
    /// <returns>The run.</returns>
    /// <exception cref="UserMistakeException">There is no run, or its report is damaged or of a newer version (PIL2020, PIL2021).</exception>
    public static TrackedRun Read(string path)
    {
        var folder = RunFolder.Open(path);
        var run = new TrackedRun(folder.Name, path, folder.Header, ConfigurationOf(folder.ConfigurationPath))
        {
            Metrics = MetricPoint.Read(folder.MetricsPath),
            Trials = TrackedTrial.ReadAll(folder.TrialsPath),
            Started = TimeOf(folder.ConfigurationPath),
        };
        return folder.IsFinished ? WithReport(run, folder) : run;
    }

    private static TrackedRun WithReport(TrackedRun run, RunFolder folder)
    {
        string? schema;
        var text = File.ReadAllText(folder.ReportPath);
        try
        {
            using var document = JsonDocument.Parse(text);
            schema = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("schema", out var value) ? value.GetString() : null;
        }
        catch (JsonException damaged)
        {
            throw Mistake("PIL2020", $"{folder.ReportPath} cannot be read: {damaged.Message.TrimEnd('.')}.", "It was cut off or changed: run again, or leave this run out.");
        }
        var ended = TimeOf(folder.ReportPath);
        if (schema == StudyReport.CurrentSchema) return run with { Report = ReportJson.Read(text, folder.ReportPath), Ended = ended };
        if (schema == RunSummary.ApplySchema) return run with { Answer = TrackedAnswer.Parse(text, folder.ReportPath), Ended = ended };
        throw Mistake(
            "PIL2021", $"{folder.ReportPath} has the schema {schema ?? "none"}; this version reads {StudyReport.CurrentSchema} and {RunSummary.ApplySchema}.",
            "A newer version wrote it: export with that one, or leave this run out.");
    }

    private static IReadOnlyList<KeyValuePair<string, string>> ConfigurationOf(string path) =>
        [.. YamlEntries.Read(File.ReadAllText(path), path).Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Items is { } items ? $"[{string.Join(", ", items)}]" : entry.Text ?? ""))];

    private static long TimeOf(string path) => new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static UserMistakeException Mistake(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());
}
