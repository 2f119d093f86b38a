using System.Globalization;
using System.Text;
using Pilotage.Environments;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Curves;

/// <summary>All trials of one algorithm on one task.</summary>
/// <param name="Figure">Task, budget, and what the other library reports.</param>
/// <param name="Trials">Points of each seed, in the seeds' order.</param>
internal sealed record CurveSummary(PublishedFigure Figure, IReadOnlyList<IReadOnlyList<(long Steps, double Return)>> Trials)
{
    /// <summary>Steps, median and quartiles over seeds at each look.</summary>
    public IEnumerable<(long Steps, double Low, double Median, double High)> Band()
    {
        for (var point = 0; point < Trials[0].Count; point++)
        {
            var values = Trials.Select(trial => trial[point].Return).ToArray();
            yield return (Trials[0][point].Steps, Sample.Quantile(values, 0.25), Sample.Median(values), Sample.Quantile(values, 0.75));
        }
    }

    /// <summary>Every point of every trial.</summary>
    public static string Csv(IEnumerable<CurveSummary> summaries)
    {
        var text = new StringBuilder("algorithm,environment,seed,steps,mean_return\n");
        foreach (var summary in summaries)
            for (var seed = 0; seed < summary.Trials.Count; seed++)
                foreach (var (steps, value) in summary.Trials[seed])
                    text.Append(CultureInfo.InvariantCulture, $"{summary.Figure.OwnName},{summary.Figure.Environment},{seed},{steps},{value:R}\n");
        return text.ToString();
    }

    /// <summary>One row for each algorithm on each task: our seeds at the end, the other library's agent, and how many seeds solve it.</summary>
    public static string Table(IEnumerable<CurveSummary> summaries)
    {
        var text = new StringBuilder(
            "| algorithm | task | steps | seeds | median | interquartile mean | lowest | highest | seeds that solve it | published mean ± deviation |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var (figure, trials) in summaries)
        {
            var finals = trials.Select(trial => trial[^1].Return).ToArray();
            var solved = EnvironmentCatalog.All.FirstOrDefault(entry => entry.Name == figure.Environment)?.Spec.SolvedAt is { } bar
                ? string.Create(CultureInfo.InvariantCulture, $"{finals.Count(value => value >= bar)} (at {bar})") : "no bar";
            text.Append(CultureInfo.InvariantCulture, $"| {figure.OwnName} | {figure.Environment} | {figure.Steps:N0} | {finals.Length} | {Figures.Of(Sample.Median(finals))} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Figures.Of(Sample.InterquartileMean(finals))} | {Figures.Of(finals.Min())} | {Figures.Of(finals.Max())} | {solved} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Figures.Of(figure.Mean)} ± {Figures.Of(figure.Deviation)} |\n");
        }
        return text.ToString();
    }
}
