using Pilotage.Evaluation;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>The study's results with a data set a row: its measures, and what each algorithm made of it.</summary>
internal sealed class ScoreTable
{
    private ScoreTable(IReadOnlyList<ScoredDataset> rows) => Rows = rows;

    /// <summary>Seed after seed.</summary>
    public IReadOnlyList<ScoredDataset> Rows { get; }

    /// <summary>The rows of each behaviour run.</summary>
    public IReadOnlyList<IReadOnlyList<ScoredDataset>> Seeds => [.. Rows.GroupBy(row => row.Seed).OrderBy(group => group.Key).Select(group => group.ToList())];

    /// <summary>Reads a metric.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="metric"><see cref="StudyMetrics.Score"/> or <see cref="StudyMetrics.BestScore"/>.</param>
    /// <param name="algorithms">Names of the arms.</param>
    public static ScoreTable Of(StudyResults results, string metric, IReadOnlyList<string> algorithms)
    {
        const string Behaviour = DatasetPerspectiveStudy.Behaviour;
        return new([.. results.SeedsOf(Behaviour).SelectMany(seed =>
        {
            var (quality, coverage) = (results.Values(Behaviour, seed, StudyMetrics.Quality), results.Values(Behaviour, seed, StudyMetrics.Coverage));
            var scores = algorithms.Append(Behaviour).Select(name => (name, Values: results.Values(name, seed, metric))).ToList();
            return quality.Keys.Select(path => new ScoredDataset(seed, path, quality[path], coverage[path], scores.ToDictionary(score => score.name, score => score.Values[path])));
        })]);
    }
}
