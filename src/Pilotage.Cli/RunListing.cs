using System.Globalization;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Runs;
using Pilotage.Policies;

namespace Pilotage.Cli;

/// <summary><c>pilotage list runs</c> and the trained policies of <c>pilotage list policies</c>.</summary>
internal static class RunListing
{
    /// <summary>Where runs are kept if nothing else is said.</summary>
    public const string UsualFolder = "runs";

    /// <summary>All runs, newest first.</summary>
    public static void Write(Terminal terminal, string folder, bool asJson)
    {
        var runs = RunIndex.Read(folder);
        if (asJson) WriteJson(terminal, runs);
        else if (runs.Count == 0) terminal.Output.Write($"No runs in {folder}. pilotage train and pilotage run make some.\n");
        else
        {
            terminal.Output.Write($"Runs (pilotage evaluate|compare|export|resume {Path.Combine(folder, "<name>")})\n");
            foreach (var run in runs)
            {
                terminal.Output.Write($"  {run.Name}  {Words.Of(run.Status)}\n");
                foreach (var text in new[] { run.Title, run.Headline }.Where(text => text.Length > 0))
                    foreach (var line in Wrap.Lines(text, terminal.Width - 6)) terminal.Output.Write($"      {line}\n");
            }
        }
    }

    /// <summary>The policies that trainings left, newest first, with what the run says of them.</summary>
    public static IReadOnlyList<(string Name, string Summary)> Policies(string folder) =>
        [.. RunIndex.Read(folder).Where(run => PolicyFile.Exists(Path.Combine(folder, run.Name))).Select(run => (Path.Combine(folder, run.Name), $"{run.Title}. {run.Headline}"))];

    private static void WriteJson(Terminal terminal, IReadOnlyList<RunEntry> runs) => Json.Write(terminal.Output, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("runs");
        foreach (var run in runs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", run.Name);
            writer.WriteString("title", run.Title);
            writer.WriteString("status", Words.Of(run.Status));
            writer.WriteString("headline", run.Headline);
            writer.WriteString("made", run.Made.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
