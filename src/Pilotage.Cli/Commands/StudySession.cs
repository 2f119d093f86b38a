using System.Globalization;
using Pilotage.Cli.Printing;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab;
using Pilotage.Lab.Trials;
using Pilotage.Systems;

namespace Pilotage.Cli.Commands;

/// <summary>A comparison as the user sees it, whether it begins or goes on: announcement, progress, tables or how to resume.</summary>
internal static class StudySession
{
    public static int Run(SystemRun run, ISystem system, int? parallelism, Terminal terminal, bool asJson, ITrialPool? pool = null)
    {
        var (header, description) = (run.Folder.Header, system.Description);
        var minutes = description.Minutes.TryGetValue(header.Scale, out var expected) ? $", about {Duration.OfMinutes(expected)} on two cores" : "";
        var scale = Words.Of(header.Scale);
        terminal.Error.WriteLine($"Running {description.Slug} at {scale} scale{minutes}.\nFolder: {run.Folder.Path}");
        StudyReport report;
        try
        {
            report = Watch.Run(terminal, description.Slug, tell => run.Run(parallelism ?? Environment.ProcessorCount, new Teller(tell), terminal.Interrupted, pool));
        }
        catch (OperationCanceledException) when (terminal.Interrupted.IsCancellationRequested)
        {
            terminal.Error.WriteLine($"Interrupted; finished trials are kept. Go on with: pilotage resume {run.Folder.Path}");
            return ExitCode.Interrupted;
        }
        if (asJson) terminal.Output.Write(ReportJson.Write(report));
        else Summarise(report, run, system, terminal);
        return ExitCode.Ok;
    }

    private static void Summarise(StudyReport report, SystemRun run, ISystem system, Terminal terminal)
    {
        var output = terminal.Output;
        var seeds = report.Seeds.Count == 1 ? "1 seed" : $"{report.Seeds.Count} seeds";
        output.Write($"{Lines($"{system.Description.Title} ({system.Description.Source})")}{Words.Of(report.Scale)} scale, {seeds}; mean [95 % interval]\n\n");
        output.Write(ArmTables.Of(report, terminal.Width));
        if (report.Claims.Count > 0) output.Write($"\nClaims\n{ClaimList.Of(report, terminal.Width)}");
        if (report.Scale == Scale.Smoke)
        {
            var next = system.Description.Minutes.TryGetValue(Scale.Laptop, out var minutes) ? $" (about {Duration.OfMinutes(minutes)})" : "";
            output.Write($"\nSmoke scale proves that everything runs and gives no verdict.\nFor verdicts{next}: pilotage run {system.Description.Slug}\n");
        }
        output.Write($"\n{Lines($"{TimingLine.Of(report)}.")}Report: {run.Folder.PagePath}\n");

        string Lines(string text) => string.Concat(Wrap.Lines(text, terminal.Width).Select(line => line + "\n"));
    }

    private sealed class Teller(Action<double, string> tell) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value) => tell(
            (double)value.Done / value.Total, string.Create(CultureInfo.InvariantCulture, $"{value.Done}/{value.Total} trials, {value.Arm} seed {value.Seed}"));
    }
}
