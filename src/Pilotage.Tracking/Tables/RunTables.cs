using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using static Pilotage.Tracking.Tables.ColumnKind;

namespace Pilotage.Tracking.Tables;

/// <summary>Runs as tables: each row names its run, so that several runs make one table. Tables without rows are left out.</summary>
internal static class RunTables
{
    /// <summary>All tables of some runs.</summary>
    /// <param name="runs">Their names differ.</param>
    public static IReadOnlyList<RunTable> Of(IReadOnlyList<TrackedRun> runs) =>
        [.. new[] { Runs(runs), Configuration(runs), Metrics(runs), Arms(runs), Comparisons(runs), Claims(runs), Trials(runs), Answers(runs) }.Where(table => table.Rows.Count > 0)];

    private static RunTable Runs(IReadOnlyList<TrackedRun> runs)
    {
        var table = new RunTable("runs", [
            new("run"), new("title"), new("command"), new("status"), new("system"), new("algorithm"), new("environment"), new("scale"), new("seed", Whole), new("started_ms", Whole), new("ended_ms", Whole),
            new("elapsed_seconds", Number), new("version"), new("machine"), new("backend"), new("parameter_hash"), new("headline")]);
        foreach (var run in runs)
        {
            table.Add(
                run.Name, run.Title, Words.Of(run.Header.Command), run.Ended is null ? "unfinished" : "finished", run.Header.System, run.Header.Algorithm, run.Header.Environment, Words.Of(run.Header.Scale), run.Header.Seed,
                run.Started, run.Ended, run.Report?.ElapsedSeconds, run.Header.Version, run.Report?.Machine, run.Report?.Backend, run.Report?.ParameterHash, run.Headline);
        }
        return table;
    }

    private static RunTable Configuration(IReadOnlyList<TrackedRun> runs)
    {
        var table = new RunTable("configuration", [new("run"), new("key"), new("value")]);
        foreach (var run in runs) foreach (var (key, value) in run.Configuration) table.Add(run.Name, key, value);
        return table;
    }

    private static RunTable Metrics(IReadOnlyList<TrackedRun> runs)
    {
        var table = new RunTable("metrics", [new("run"), new("step", Whole), new("metric"), new("value", Number)]);
        foreach (var run in runs) foreach (var (step, metric, value) in run.Metrics) table.Add(run.Name, step, metric, value);
        return table;
    }

    private static RunTable Arms(IReadOnlyList<TrackedRun> runs)
    {
        var table = new RunTable("arms", [new("run"), new("arm"), new("kind"), new("metric"), new("mean", Number), new("iqm", Number), new("low", Number), new("high", Number), new("n", Whole)]);
        foreach (var run in runs)
            foreach (var arm in run.Report?.Arms ?? [])
                foreach (var (metric, own) in arm.Metrics) table.Add(run.Name, arm.Name, Words.Of(arm.Kind), metric, own.Mean, own.Iqm, own.Low, own.High, (long)own.N);
        return table;
    }

    private static RunTable Comparisons(IReadOnlyList<TrackedRun> runs)
    {
        var table = new RunTable("comparisons", [
            new("run"), new("a"), new("b"), new("metric"), new("difference", Number), new("low", Number), new("high", Number), new("p", Number), new("test"), new("paired", Truth), new("units", Whole),
            new("probability_of_improvement", Number)]);
        foreach (var run in runs)
            foreach (var one in run.Report?.Comparisons ?? [])
                table.Add(run.Name, one.A, one.B, one.Metric, one.Difference, one.Low, one.High, one.P, one.Test, one.Paired, (long)one.Units, one.ProbabilityOfImprovement);
        return table;
    }

    private static RunTable Claims(IReadOnlyList<TrackedRun> runs)
    {
        var table = new RunTable("claims", [
            new("run"), new("claim"), new("text"), new("source"), new("unit"), new("verdict"), new("estimate", Number), new("low", Number), new("high", Number), new("p", Number), new("units", Whole), new("region"),
            new("level", Number), new("comparisons", Whole), new("test"), new("note"), new("is_timing", Truth)]);
        foreach (var run in runs)
        {
            foreach (var claim in run.Report?.Claims ?? [])
            {
                var evidence = claim.Evidence;
                table.Add(
                    run.Name, claim.Id, claim.Text, claim.Source, Words.Of(claim.Unit), Words.Of(claim.Verdict), evidence.Estimate, evidence.Low, evidence.High, evidence.P, (long)evidence.Units, evidence.Region, evidence.Level,
                    (long)evidence.Comparisons, evidence.Test, evidence.Note, evidence.IsTiming);
            }
        }
        return table;
    }

    private static RunTable Trials(IReadOnlyList<TrackedRun> runs)
    {
        var table = new RunTable("trials", [new("run"), new("phase"), new("arm"), new("seed", Whole), new("metric"), new("instance"), new("value", Number)]);
        foreach (var run in runs)
        {
            foreach (var trial in run.Trials)
            {
                foreach (var (metric, instance, value) in trial.Measurements) table.Add(run.Name, trial.Phase, trial.Arm, (long)trial.Seed, metric, instance, value);
                table.Add(run.Name, trial.Phase, trial.Arm, (long)trial.Seed, $"{Measurement.TimingPrefix}elapsed", "", trial.Seconds);
            }
        }
        return table;
    }

    private static RunTable Answers(IReadOnlyList<TrackedRun> runs)
    {
        var table = new RunTable("answers", [new("run"), new("row", Whole), new("column"), new("value")]);
        foreach (var run in runs)
        {
            if (run.Answer is not { } answer) continue;
            for (var row = 0; row < answer.Rows.Count; row++)
                foreach (var (column, value) in answer.Columns.Zip(answer.Rows[row])) table.Add(run.Name, (long)row, column, value);
        }
        return table;
    }
}
