using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>The study's own figures: scores over quality and coverage, correlations, ranks by quadrant, and ranks in a published table.</summary>
/// <param name="algorithms">In the order of the study.</param>
/// <param name="published">The published table; <see langword="null"/> if it was not found.</param>
internal sealed class StudyPlots(IReadOnlyList<string> algorithms, PublishedScores? published)
{
    private const int Resamples = 1_999;                 // figures describe; claims resample more
    private const double ErrorPerEnd = 0.025;

    public IReadOnlyList<Plot> All(StudyResults results)
    {
        var table = ScoreTable.Of(results, StudyMetrics.Score, algorithms);
        return
        [
            Scatter(table),
            Correlations(table, "tq", "trajectory quality", row => row.Quality),
            Correlations(table, "saco", "coverage", row => row.Coverage),
            Correlations(table, "both", "the smaller of quality and coverage", row => Math.Min(row.Quality, row.Coverage)),
            Ranks(table),
            .. published is null ? Array.Empty<Plot>() : [PublishedRanks(published)],
        ];
    }

    private ColourPlot Scatter(ScoreTable table) => new(
        "scores", "What each algorithm makes of each data set", new("SACo"), new("TQ"), new("score", "0 random, 100 best online"),
        [.. algorithms.Select(name => new ColourPanel(name, [.. table.Rows.Select(row => new ColourPoint(FormattableString.Invariant($"{row.Path}, run {row.Seed}"), row.Coverage, row.Quality, row.Scores[name]))]))])
    {
        Note = "A point is a data set: to the right the more of the replay's state-action pairs it has, upwards the better its trajectories. Mean score of the last ten evaluations.",
    };

    private IntervalPlot Correlations(ScoreTable table, string id, string words, Func<ScoredDataset, double> measure)
    {
        var measures = table.Rows.Select(measure).ToList();
        var rows = algorithms.Select(name =>
        {
            double Statistic(IReadOnlyList<ScoredDataset> rows) => Correlation.Pearson([.. rows.Select(row => row.Scores[name])], [.. rows.Select(measure)]);
            var bounds = SeedEffect.OfDatasets(table, Statistic, Inference.DefaultSeeds, Resamples).Bounds(ErrorPerEnd);
            return new IntervalRow(name, Statistic(table.Rows), bounds.Low, bounds.High, ArmKind.Method);
        }).ToList();
        var ranked = string.Join(", ", algorithms.Select(name => FormattableString.Invariant($"{name} {Correlation.Spearman([.. table.Rows.Select(row => row.Scores[name])], measures):0.00}")));
        return new($"correlation-{id}", $"How scores go with {words}", new("Pearson correlation over data sets"), rows)
        {
            Reference = 0,
            ReferenceName = "no correlation",
            Note = $"95 % intervals by resampling data sets. Spearman: {ranked}.{Fisher(rows, table.Rows.Count)}",
        };
    }

    private static string Fisher(IReadOnlyList<IntervalRow> rows, int count)
    {
        var (cloning, doubleQ) = (rows.FirstOrDefault(row => row.Label == Families.Cloning), rows.FirstOrDefault(row => row.Label == Families.DoubleQ));
        return cloning is null || doubleQ is null || count < 4 ? "" : FormattableString.Invariant($" Fisher's z of bc against dqn, as if their data sets were not the same: {Correlation.FisherZ(cloning.Estimate, doubleQ.Estimate, count):0.0}.");
    }

    private HeatmapPlot Ranks(ScoreTable table)
    {
        var there = Quadrant.All.Select(quadrant => (Quadrant: quadrant, Ranks: table.Rows.Where(quadrant.Holds).Select(row => Quadrant.RanksOf(row, algorithms)).ToList())).Where(part => part.Ranks.Count > 0).ToList();
        return new(
            "ranks", "Which algorithm ranks where", new("trajectories and coverage"), new("algorithm"), [.. there.Select(part => part.Quadrant.Words)], algorithms,
            [.. algorithms.SelectMany((_, i) => there.Select(part => part.Ranks.Average(ranks => ranks[i])))], new("mean rank", "1 is best"))
        {
            Note = $"Borders at TQ {Figures.Of(Quadrant.Border)} and SACo {Figures.Of(Quadrant.Border)}. Data sets: {string.Join(", ", there.Select(part => FormattableString.Invariant($"{part.Quadrant.Words} {part.Ranks.Count}")))}.",
        };
    }

    private static HeatmapPlot PublishedRanks(PublishedScores published) => new(
        "ranks-d4rl", "Published scores: one mean rank hides the data", new("data"), new("method"), [.. published.Kinds, "all"], published.Methods,
        [.. published.Methods.SelectMany(method => published.Kinds.Select(kind => published.MeanRank(method, kind)).Append(published.MeanRank(method)))], new("mean rank", "1 is best"))
    {
        Note = FormattableString.Invariant($"Scores of {published.Tasks.Count} continuous-control tasks as the benchmark's authors published them; equal scores share their rank."),
    };
}
