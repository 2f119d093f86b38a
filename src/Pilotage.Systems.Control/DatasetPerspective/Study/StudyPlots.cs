using Pilotage.Evaluation;
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
            .. Quadrant.All.Select(quadrant => Ranks(table, quadrant)).OfType<Plot>(),
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

    private IntervalPlot? Ranks(ScoreTable table, Quadrant quadrant)
    {
        var rows = table.Rows.Where(quadrant.Holds).ToList();
        if (rows.Count == 0) return null;
        var ranks = rows.Select(row => quadrant.RanksOf(row, algorithms)).ToList();
        return new($"ranks-{quadrant.Id}", $"Mean rank where {quadrant.Words}", new("mean rank, 1 is best"), [.. algorithms.Select((name, i) => Row(name, [.. ranks.Select(rank => rank[i])]))])
        {
            Note = FormattableString.Invariant($"{rows.Count} data sets, 95 % intervals over them. Borders at TQ {Quadrant.Border} and SACo {Quadrant.Border}."),
        };
    }

    private static IntervalRow Row(string name, double[] ranks)
    {
        var inference = Inference.ToDescribe(ranks, Inference.DefaultSeeds);
        var bounds = ranks.Length > 1 ? inference.Bounds(ErrorPerEnd) : default;
        return ranks.Length > 1 ? new(name, inference.Estimate, bounds.Low, bounds.High, ArmKind.Method) : new(name, ranks[0], null, null, ArmKind.Method);
    }

    // The bar is the span over the kinds of data: what one mean rank hides.
    private static IntervalPlot PublishedRanks(PublishedScores published) => new(
        "ranks-d4rl", "Published scores: a mean rank hides the data", new("rank, 1 is best"),
        [.. published.Methods.Select(method => new IntervalRow(method, published.MeanRank(method), published.Kinds.Min(kind => published.MeanRank(method, kind)), published.Kinds.Max(kind => published.MeanRank(method, kind)), ArmKind.Baseline))])
    {
        Note = "Of continuous-control tasks, as the benchmark's authors published them. The mark is the mean rank over all tasks, the bar goes from the best to the worst mean rank on one kind of data. "
            + string.Join(" ", published.Kinds.Select(kind => $"On {kind} data: {string.Join(", ", published.Methods.OrderBy(method => published.MeanRank(method, kind)).Select(method => FormattableString.Invariant($"{method} {published.MeanRank(method, kind):0.0}")))}.")),
    };
}
