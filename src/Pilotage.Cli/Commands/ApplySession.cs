using Pilotage.Cli.Printing;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Reports;
using Pilotage.Lab.Runs;
using Pilotage.Lab.Trials;
using Pilotage.Systems;
using Pilotage.Tensors;

namespace Pilotage.Cli.Commands;

/// <summary>A user's own problem as the user sees it, whether its run begins or goes on: announcement, progress, table or how to resume.</summary>
internal static class ApplySession
{
    public static int Run(ISystem system, RunFolder folder, RunConfiguration configuration, Device device, Terminal terminal, bool asJson, ITrialPool? pool = null)
    {
        var (header, slug) = (folder.Header, system.Description.Slug);
        terminal.Error.WriteLine($"Applying {slug} to {string.Join(", ", header.Inputs)}.\nFolder: {folder.Path}");
        var request = new ApplyRequest(configuration.Settings, header.Inputs, header.Seed, folder.Path) { Device = device, Announce = terminal.Error.WriteLine };
        var pooled = pool is null ? null : new PooledParts(pool, configuration);
        if (pooled is not null) request = request with { Parts = pooled };
        ApplyReport report;
        try
        {
            report = RunLife.Within(folder.Path, () => Watch.Run(terminal, slug, tell => system.Apply(request, new Teller(tell), terminal.Interrupted)));
        }
        catch (OperationCanceledException) when (terminal.Interrupted.IsCancellationRequested && folder.HasCheckpoints)
        {
            terminal.Error.WriteLine($"Interrupted; what was done up to the last checkpoint is kept. Go on with: pilotage resume {folder.Path}");
            return ExitCode.Interrupted;
        }
        if (pooled is { Count: 0 }) terminal.Error.WriteLine("The workers had nothing to do: nothing is trained for these inputs that could be shared out.");
        return Finish(report, $"{slug} on {string.Join(", ", header.Inputs)}", system, folder, configuration, terminal, asJson);
    }

    /// <summary>Writes page and report into the run's folder, and prints the answer.</summary>
    public static int Finish(ApplyReport report, string kicker, ISystem system, RunFolder folder, RunConfiguration configuration, Terminal terminal, bool asJson)
    {
        ReportFolder.Write(folder.Path, report, kicker, RepeatingCommand.Of(configuration, system.Settings.Default));
        var json = ApplyJson.Write(system.Description.Slug, report);
        folder.WriteReport(json);
        if (asJson) terminal.Output.Write(json);
        else Summarise(report, folder, terminal);
        return ExitCode.Ok;
    }

    private static void Summarise(ApplyReport report, RunFolder folder, Terminal terminal)
    {
        terminal.Output.Write(string.Concat(Wrap.Lines(report.Headline, terminal.Width).Select(line => line + "\n")) + "\n");
        terminal.Output.Write(Tables.Of(new TextTable(report.Columns, report.Rows), terminal.Width));
        terminal.Output.Write("\n" + PlainTable.Of([.. report.Notes.Select(note => new[] { "-", note })], terminal.Width, indent: 0));
        foreach (var file in report.Files) terminal.Output.Write($"{Path.Combine(folder.Path, file)}\n");
        terminal.Output.Write($"Report: {folder.PagePath}\n");
    }

    private sealed class Teller(Action<double, string> tell) : IProgress<(double Share, string Text)>
    {
        public void Report((double Share, string Text) value) => tell(value.Share, value.Text);
    }
}
