using System.Globalization;
using Pilotage.Cli.Printing;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab;
using Pilotage.Lab.Rollouts;

namespace Pilotage.Cli.Commands;

/// <summary>A training as the user sees it, whether it begins or goes on: announcement, progress, summary or how to resume.</summary>
internal static class TrainingSession
{
    private const int CurveHeight = 6;

    public static int Run(TrainingRun run, Terminal terminal, bool asJson)
    {
        foreach (var message in run.Messages) terminal.Error.WriteLine(message);
        var header = run.Folder.Header;
        var title = $"{header.Algorithm} on {header.Environment}";
        var from = run.StepsDone > 0 ? $" from step {Count(run.StepsDone)}" : "";
        terminal.Error.WriteLine($"Training {title}{from} to step {Count(run.Steps)}, seed {header.Seed}.\nFolder: {run.Folder.Path}");
        var memory = run.Memory;
        terminal.Error.WriteLine($"Memory: {Size(memory.Total)} (parameters {Size(memory.Parameters)}, gradient step {Size(memory.Step)}, experience {Size(memory.Experience)})");
        StudyReport report;
        try
        {
            report = Watch.Run(terminal, title, tell => run.Run(new Teller(tell), terminal.Interrupted));
        }
        catch (OperationCanceledException) when (terminal.Interrupted.IsCancellationRequested)
        {
            terminal.Error.WriteLine($"Interrupted after step {Count(run.StepsDone)}; a checkpoint was written. Go on with: pilotage resume {run.Folder.Path}");
            return ExitCode.Interrupted;
        }
        if (asJson) terminal.Output.Write(ReportJson.Write(report));
        else Summarise(report, run, terminal);
        return ExitCode.Ok;
    }

    private static void Summarise(StudyReport report, TrainingRun run, Terminal terminal)
    {
        var output = terminal.Output;
        var curve = LearningCurve.Read(run.Folder.MetricsPath);
        var drawn = BlockChart.Draw([.. curve.Points.Select(point => ((double)point.Step, point.Return))], terminal.Width, CurveHeight, Figures.Of);
        if (drawn.Length > 0) output.Write($"Return while learning (mean of the last 100 episodes) over environment steps\n{drawn}\n");
        output.Write(ArmTables.Of(report, terminal.Width));
        output.Write("\n");
        Write($"Evaluation: {report.Evaluation!.Episodes} episode{(report.Evaluation.Episodes == 1 ? "" : "s")} on evaluation seeds, greedy, last checkpoint. Differences: {report.Comparisons[0].Test}.");
        Write($"Parameters {report.ParameterHash![..16]}…, {TimingLine.Of(report)}.");
        if (run.Rollouts is { } rollouts) Write(LedgerLine(rollouts));
        Write($"Report: {run.Folder.PagePath}");

        void Write(string text) => output.Write(string.Concat(Wrap.Lines(text, terminal.Width).Select(line => line + "\n")));
    }

    private static string LedgerLine(RolloutFigures figures) =>
        $"Rollouts by workers: {Count(figures.Used)} pieces, each learned from once; {Count(figures.Lost)} lost and played again, {Count(figures.Repeated + figures.Late)} repeated or late ones dropped. "
        + $"Laid out {Size(figures.WeightBytes)} of weights, sent {Size(figures.TaskBytes)}, received {Size(figures.ResultBytes)}.";

    /// <summary>Three digits are enough to see whether a machine is large enough.</summary>
    private static string Size(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:G3} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:G3} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F0} kB"),
    };

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private sealed class Teller(Action<double, string> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            var reached = double.IsFinite(value.Return) ? $"return {Figures.Of(value.Return)}" : "no episode yet";
            tell((double)value.Steps / value.Total, string.Create(CultureInfo.InvariantCulture, $"{reached}, {value.StepsPerSecond:N0} steps/s"));
        }
    }
}
