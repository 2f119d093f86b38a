using System.Text.Json;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Reports;

namespace Pilotage.Lab.Runs;

/// <summary>Reads a run's folder into one line. Any folder gives an entry; what is wrong with it is said there.</summary>
internal static class RunSummary
{
    private static readonly string[] Families = ["pilotage-report/", "pilotage-apply/"];

    /// <summary>The entry of a folder that holds a configuration.</summary>
    public static RunEntry Read(string path)
    {
        var name = Path.GetFileName(path);
        var made = new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(path, RunFolder.ConfigurationName)), TimeSpan.Zero);
        RunFolder folder;
        try
        {
            folder = RunFolder.Open(path);
        }
        catch (UserMistakeException mistake)
        {
            return new(name, "", RunStatus.Broken, WithoutCode(mistake.Problems[0]).Replace(path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), made);
        }
        var title = TitleOf(folder.Header);
        if (!folder.IsFinished)
        {
            return RunLife.FailureOf(path) is { Length: > 0 } failure
                ? new(name, title, RunStatus.Failed, WithoutCode(failure), made)
                : new(name, title, RunStatus.Unfinished, Progress(folder), made);
        }
        try
        {
            var json = File.ReadAllText(folder.ReportPath);
            using var document = JsonDocument.Parse(json);
            var schema = document.RootElement.TryGetProperty("schema", out var value) ? value.GetString() ?? "" : "";
            if (schema == StudyReport.CurrentSchema) return new(name, title, RunStatus.Finished, Headline.Of(ReportJson.Read(json, folder.ReportPath)).Text, made);
            if (schema == ApplySchema) return new(name, title, RunStatus.Finished, document.RootElement.GetProperty("headline").GetString() ?? "", made);
            return Families.Any(family => schema.StartsWith(family, StringComparison.Ordinal))
                ? new(name, title, RunStatus.Newer, $"Its report has the schema {schema}, which a newer version wrote.", made)
                : new(name, title, RunStatus.Broken, "Its report.json is not of this program.", made);
        }
        catch (Exception exception) when (exception is JsonException or UserMistakeException or InvalidOperationException or KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            return new(name, title, RunStatus.Broken, "Its report.json cannot be read.", made);
        }
    }

    /// <summary>Schema of the report of an application.</summary>
    public const string ApplySchema = "pilotage-apply/1";

    /// <summary>What a run is, in words.</summary>
    public static string TitleOf(RunHeader header) => header.Command switch
    {
        RunCommand.Train => $"{header.Algorithm} on {header.Environment}, seed {header.Seed}",
        RunCommand.Improve => $"improve {header.Environment}",
        RunCommand.Sweep => $"sweep of {header.System ?? $"{header.Algorithm} on {header.Environment}"}, seed {header.Seed}",
        RunCommand.Apply => $"{header.System} on {string.Join(", ", header.Inputs.Select(Path.GetFileName))}",
        RunCommand.Schedule => $"schedule of {Path.GetFileName(header.Inputs[0])}",
        _ => $"{header.System}, {Words.Of(header.Scale)} scale",
    };

    private static string Progress(RunFolder folder)
    {
        if (RunProgress.Read(folder.Path) is { } progress) return $"{progress.Text}.";
        if (folder.Header.Command is RunCommand.Apply or RunCommand.Schedule && !folder.HasCheckpoints) return "Nothing is kept on its way.";
        var newest = Directory.Exists(folder.CheckpointsPath) ? Directory.EnumerateFiles(folder.CheckpointsPath, "steps-*.safetensors").Max(StringComparer.Ordinal) : null;
        if (newest is not null && long.TryParse(Path.GetFileNameWithoutExtension(newest)["steps-".Length..], out var steps))
            return FormattableString.Invariant($"At step {steps:N0} of {folder.Header.Steps:N0}.");
        var trials = Directory.Exists(folder.TrialsPath) ? Directory.EnumerateFiles(folder.TrialsPath, "*.json", SearchOption.AllDirectories).Count() : 0;
        return trials > 0 ? FormattableString.Invariant($"{trials} trials finished.") : "Nothing kept yet.";
    }

    // "PIL0103  what" is one line of a list: the code is for whoever runs a command on it.
    private static string WithoutCode(string problem)
    {
        var first = problem.Split('\n')[0];
        var end = first.IndexOf("  ", StringComparison.Ordinal);
        return end is > 0 and < 10 ? first[(end + 2)..] : first;
    }
}
