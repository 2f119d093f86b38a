using Pilotage.Dashboard.Board.Doors;
using Pilotage.Evaluation.Reports;

namespace Pilotage.Dashboard.Board.Runs;

/// <summary>Several runs side by side.</summary>
/// <param name="Runs">In the order in which they were named.</param>
/// <param name="Arms">Each arm's first metric, run by run; where two runs measure different things they are different rows.</param>
/// <param name="Differences">Keys of the configurations whose values are not the same in all.</param>
public sealed record RunComparison(IReadOnlyList<RunDetails> Runs, IReadOnlyList<ComparedRow> Arms, IReadOnlyList<ComparedRow> Differences)
{
    /// <summary>Runs that fit a page.</summary>
    public const int Most = 8;

    // Of the folder or the program and not of what was computed.
    private static readonly string[] NotCompared = ["run.version"];

    /// <summary>Puts runs side by side.</summary>
    /// <exception cref="UserMistakeException">There are too few or too many (PIL1920).</exception>
    /// <exception cref="RefusedException">One is not there (PIL1910).</exception>
    internal static RunComparison Of(IReadOnlyList<string> names, RunReader reader)
    {
        names = [.. names.Distinct(StringComparer.Ordinal)];
        if (names.Count is < 2 or > Most)
            throw new UserMistakeException(new Mistake("PIL1920", FormattableString.Invariant($"{names.Count} runs are to be compared. Allowed: 2 to {Most}."), "", "Tick them in the list of runs.").ToString());
        var runs = names.Select(reader.Read).ToList();
        return new(runs, [.. ArmsOf(runs)], [.. DifferencesOf(runs)]);
    }

    private static IEnumerable<ComparedRow> ArmsOf(List<RunDetails> runs)
    {
        var keys = runs.Where(run => run.Report is { Metrics.Count: > 0 })
            .SelectMany(run => run.Report!.Arms.Where(arm => arm.Metrics.ContainsKey(run.Report.Metrics[0].Name)).Select(arm => (arm.Name, run.Report.Metrics[0].Title))).Distinct();
        return keys.Select(key => new ComparedRow($"{key.Name}: {key.Title}", [.. runs.Select(run => Value(run, key.Name, key.Title))]));
    }

    private static string Value(RunDetails run, string arm, string title)
    {
        if (run.Report is not { Metrics: [var metric, ..] } report || metric.Title != title) return "–";
        return report.Arms.FirstOrDefault(one => one.Name == arm)?.Metrics.GetValueOrDefault(metric.Name) is { } value ? Figures.Of(value.Mean, value.Low, value.High) : "–";
    }

    private static IEnumerable<ComparedRow> DifferencesOf(List<RunDetails> runs)
    {
        var tables = runs.Select(run => run.Settings.GroupBy(line => line.Key).ToDictionary(group => group.Key, group => group.First().Value)).ToList();
        var keys = runs.SelectMany(run => run.Settings.Select(line => line.Key)).Distinct().Where(key => !NotCompared.Contains(key));
        return keys.Select(key => new ComparedRow(key, [.. tables.Select(table => table.GetValueOrDefault(key, "–"))])).Where(row => row.Values.Distinct().Count() > 1);
    }
}

/// <summary>One row of a comparison.</summary>
/// <param name="Name">What is compared.</param>
/// <param name="Values">One for each run; a dash where it has none.</param>
public sealed record ComparedRow(string Name, IReadOnlyList<string> Values);
