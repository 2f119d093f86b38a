using System.Globalization;
using Pilotage.Cli.Printing;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Sweeps;
using Pilotage.Lab.Trials;

namespace Pilotage.Cli.Commands;

/// <summary>A sweep as the user sees it, whether it begins or goes on: what it costs, progress, the best candidates, the verdict or how to resume.</summary>
internal static class SweepSession
{
    private const int Shown = 5;

    public static int Run(SweepRun run, int? parallelism, Terminal terminal, bool asJson, ITrialPool? pool = null)
    {
        var cost = run.Cost;
        WriteLines(terminal.Error, terminal.Width, string.Create(
            CultureInfo.InvariantCulture, $"Sweeping {run.Title}: {cost.Candidates} candidates, {cost.Trainings:0.#} whole trainings on each of {cost.TuningSeeds} tuning seeds and 2 on each of {cost.TestSeeds} test seeds, {cost.Total:0.#} in all, in {run.Folder.Path}"));
        if (run.IsSplit) WriteLines(terminal.Error, terminal.Width, "Instances are the same at every seed: the tuner sees half of them, by their names, and the verdict rests on the others.");
        StudyReport report;
        try
        {
            report = Watch.Run(terminal, run.Title, tell => run.Run(parallelism ?? Environment.ProcessorCount, new Teller(tell), terminal.Interrupted, pool));
        }
        catch (OperationCanceledException) when (terminal.Interrupted.IsCancellationRequested)
        {
            terminal.Error.WriteLine($"Interrupted; finished trials are kept. Go on with: pilotage resume {run.Folder.Path}");
            return ExitCode.Interrupted;
        }
        if (asJson) terminal.Output.Write(ReportJson.Write(report));
        else Summarise(report, run, terminal);
        return ExitCode.Ok;
    }

    private static void Summarise(StudyReport report, SweepRun run, Terminal terminal)
    {
        var (output, choice) = (terminal.Output, run.Choice!);
        var whole = choice.Candidates.Max(candidate => candidate.Share);
        var ranked = choice.Candidates.Where(candidate => candidate.Share == whole && candidate.Scores.Count > 0).ToList();
        ranked = [.. run.HigherIsBetter ? ranked.OrderByDescending(candidate => candidate.Scores.Average()) : ranked.OrderBy(candidate => candidate.Scores.Average())];
        output.Write(string.Create(CultureInfo.InvariantCulture, $"The best of {choice.Candidates.Count} candidates on {run.Cost.TuningSeeds} tuning seed{(run.Cost.TuningSeeds == 1 ? "" : "s")}; mean of {choice.Metric}\n\n"));
        output.Write(PlainTable.Of([.. ranked.Take(Shown).Select(candidate => new[] { candidate.Arm, Figures.Of(candidate.Scores.Average()), Settings(candidate.Values) })], terminal.Width));
        if (choice.Candidates.FirstOrDefault(candidate => candidate.Failure.Length > 0) is { } failed)
            Write($"\n{choice.Candidates.Count(candidate => candidate.Failure.Length > 0)} failed and count as worst. {failed.Arm} ({Settings(failed.Values)}): {failed.Failure}");
        var tied = ranked.Count(candidate => candidate.Scores.Average() == ranked[0].Scores.Average());
        if (tied > 1) Write($"\n{tied} are equally good there, and the one that was proposed first is taken. Harder trials (more --tuning-seeds or --episodes, fewer steps) would tell them apart.");
        Write(choice.IsDefault ? "\nThe default was best: tuning did not help." : $"\nChosen: {choice.Chosen}, {Settings(choice.Values)}");
        output.Write($"\nOn {run.Cost.TestSeeds} test seeds; mean [95 % interval]\n\n{ArmTables.Of(report, terminal.Width)}\nClaims\n{ClaimList.Of(report, terminal.Width)}");
        output.Write($"\n{TimingLine.Of(report)}.\n");
        Write($"Settings: {Path.Combine(run.Folder.Path, "best.yaml")}, for --config. Report: {run.Folder.PagePath}");

        void Write(string text) => WriteLines(output, terminal.Width, text);
    }

    private static void WriteLines(TextWriter writer, int width, string text)
    {
        if (text.StartsWith('\n')) writer.Write("\n");
        writer.Write(string.Concat(Wrap.Lines(text.TrimStart('\n'), width).Select(line => line + "\n")));
    }

    private static string Settings(IReadOnlyDictionary<string, string> values) => string.Join(" ", values.Select(pair => $"{pair.Key}={pair.Value}"));

    private sealed class Teller(Action<double, string> tell) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => tell(value.Share, value.Words);
    }
}
