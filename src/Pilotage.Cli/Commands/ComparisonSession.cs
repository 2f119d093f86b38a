using System.Globalization;
using Pilotage.Cli.Printing;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Comparisons;
using Pilotage.Lab.Reports;

namespace Pilotage.Cli.Commands;

/// <summary>Policies against each other as the user sees it: progress, table, what the numbers speak of.</summary>
internal static class ComparisonSession
{
    /// <summary>Plays, prints and keeps.</summary>
    /// <param name="comparison">Prepared and checked.</param>
    /// <param name="title">What is compared, for the progress bar and the page.</param>
    /// <param name="command">The command that repeats it.</param>
    /// <param name="folder">Where report and figures are kept; <see langword="null"/> keeps nothing.</param>
    /// <param name="terminal">Where to print.</param>
    /// <param name="asJson">Whether to print the report alone.</param>
    public static int Run(PolicyComparison comparison, string title, string command, OutputFolder? folder, Terminal terminal, bool asJson)
    {
        var report = Watch.Run(terminal, title, tell => comparison.Run(Environment.ProcessorCount, new Teller(tell), terminal.Interrupted));
        if (folder is not null)
        {
            report = report with { Files = [ReportFolder.PageName, $"{ReportFolder.PlotsName}/"] };
            folder.Make();
            ReportFolder.Write(folder.Path, report, title, command);
            folder.Write("report.json", ReportJson.Write(report));
        }
        if (asJson) terminal.Output.Write(ReportJson.Write(report));
        else Summarise(report, comparison, folder, terminal);
        return ExitCode.Ok;
    }

    private static void Summarise(StudyReport report, PolicyComparison comparison, OutputFolder? folder, Terminal terminal)
    {
        var output = terminal.Output;
        Write(Headline.Of(report).Text);
        output.Write($"\n{ArmTables.Of(report, terminal.Width)}\n");
        foreach (var one in report.Comparisons.Where(one => one.ProbabilityOfImprovement is not null))
            Write(string.Create(CultureInfo.InvariantCulture, $"{one.A} earns more than {one.B} in an episode with probability {one.ProbabilityOfImprovement:0.00} (ties count half)."));
        Write(comparison.Scope);
        if (folder is not null) Write($"Report: {Path.Combine(folder.Path, ReportFolder.PageName)}");

        void Write(string text) => output.Write(string.Concat(Wrap.Lines(text, terminal.Width).Select(line => line + "\n")));
    }

    private sealed class Teller(Action<double, string> tell) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value) => tell((double)value.Done / value.Total, value.Arm);
    }
}
