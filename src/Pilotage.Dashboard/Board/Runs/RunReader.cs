using System.Text.Json;
using Pilotage.Dashboard.Board.Doors;
using Pilotage.Dashboard.Board.Systems;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Runs;

namespace Pilotage.Dashboard.Board.Runs;

/// <summary>Reads what a run's folder holds. What cannot be read is left out: the card says what is wrong.</summary>
internal sealed class RunReader(RunBook book, SystemBook systems, TrialBook trials, Secrets secrets, TimeProvider clock)
{
    private const int LogBytes = 64 * 1024;
    private static readonly string[] DrawnHere = ["arms", "differences", "timing", "arm-seconds", "learning-curve"];

    /// <summary>Reads a run.</summary>
    /// <exception cref="RefusedException">There is none of this name (PIL1910).</exception>
    public RunDetails Read(string name)
    {
        var (card, folder) = (book.Find(name), book.FolderOf(name));
        var run = card.State == RunState.Broken ? TryOpen(folder) : RunFolder.Open(folder);
        var (report, applied) = card.State == RunState.Finished ? ReadReport(Path.Combine(folder, "report.json")) : (null, null);
        var files = RunFiles.List(folder);
        return new(
            card, run?.Header, report, applied, run is null ? null : Progress(card) ?? (card.IsOpen ? trials.Read(run.TrialsPath) : null), Configuration(folder), run is null ? "" : secrets.Hide(systems.CommandOf(run)),
            files, secrets.Hide(RunFiles.Tail(Path.Combine(folder, RunFolder.LogName), LogBytes)))
        {
            Folder = folder,
            Figures = [.. files.Select(file => file.Path).Where(IsOwnFigure)],
            CanResume = card.State is RunState.Stopped or RunState.Failed && IsResumable(folder),
        };
    }

    /// <summary>How far a run is, by what it wrote down itself.</summary>
    /// <returns><see langword="null"/> for a run that has ended, and for one that wrote nothing.</returns>
    public RunProgress? Progress(RunCard card) => !card.IsOpen || RunProgress.Read(book.FolderOf(card.Name)) is not { } progress ? null
        : card.State == RunState.Running ? progress.At(clock.GetUtcNow().UtcDateTime)
        : progress with { SecondsLeft = null };

    /// <summary>The configuration, key by key; empty if it cannot be read.</summary>
    public IReadOnlyList<ConfigurationLine> Configuration(string folder)
    {
        if (YamlSettings.ReadText(Path.Combine(folder, RunFolder.ConfigurationName)).Text is not { } text) return [];
        return
        [
            .. YamlEntries.Read(text, RunFolder.ConfigurationName).Entries.Select(entry =>
            {
                var line = secrets.Hide($"{entry.Key}: {(entry.Items is { } items ? string.Join(", ", items) : entry.Text ?? "null")}");
                return new ConfigurationLine(entry.Key, line[(entry.Key.Length + 2)..]);
            }),
        ];
    }

    private static bool IsOwnFigure(string path) =>
        path.StartsWith("plots/", StringComparison.Ordinal) && path.EndsWith(".svg", StringComparison.Ordinal)
        && Path.GetFileNameWithoutExtension(path) is var name && !DrawnHere.Contains(name) && !name.StartsWith("metric-", StringComparison.Ordinal);

    private static bool IsResumable(string folder)
    {
        try
        {
            RunFolder.OpenForResume(folder);
            return true;
        }
        catch (UserMistakeException)
        {
            return false;
        }
    }

    private static RunFolder? TryOpen(string folder)
    {
        try
        {
            return RunFolder.Open(folder);
        }
        catch (UserMistakeException)
        {
            return null;
        }
    }

    private static (StudyReport? Report, AppliedAnswer? Applied) ReadReport(string path)
    {
        try
        {
            var json = File.ReadAllText(path);
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.GetProperty("schema").GetString() != RunSummary.ApplySchema) return (ReportJson.Read(json, path), null);
            return (null, new(root.GetProperty("headline").GetString() ?? "", new(Texts(root, "columns"), [.. root.GetProperty("rows").EnumerateArray().Select(row => Texts(row))]), Texts(root, "notes")));
        }
        catch (Exception exception) when (exception is JsonException or UserMistakeException or InvalidOperationException or KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            return (null, null);                         // it was replaced meanwhile; the next look tells
        }
    }

    private static IReadOnlyList<string> Texts(JsonElement element, string name) => element.TryGetProperty(name, out var list) ? Texts(list) : [];

    private static IReadOnlyList<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString() ?? "")];
}
