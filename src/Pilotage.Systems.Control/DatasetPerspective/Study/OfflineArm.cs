using Pilotage.Algorithms.Offline;
using Pilotage.Evaluation;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>One offline algorithm on every data set of a trial: trained, evaluated on the way, scored.</summary>
/// <param name="entry">Which.</param>
/// <param name="config">Settings.</param>
/// <param name="runs">Where the data come from.</param>
/// <param name="device">Where networks are computed.</param>
internal sealed class OfflineArm(OfflineEntry entry, DatasetPerspectiveConfig config, BehaviourRuns runs, Device? device)
{
    private const int LastEvaluations = 10;

    public IReadOnlyList<Measurement> Run(Trial trial, CancellationToken cancellation)
    {
        var measured = new List<Measurement>();
        var (learn, act) = (0.0, 0.0);
        foreach (var dataset in runs.Of(trial, cancellation).SelectMany(run => run.Datasets))
        {
            // The same seeds for every algorithm: networks of one shape begin with the same weights, evaluations play the same episodes.
            var seeds = trial.Seeds.Branch(dataset.Path);
            var learner = new OfflineLearner(entry, config.Offline with { Discount = dataset.Run.Environment.Discount }, dataset.Data, seeds, device);
            var scores = new List<double>();
            while (learner.Steps < config.Offline.Steps)
            {
                cancellation.ThrowIfCancellationRequested();
                var percent = Percent(learner);
                learner.Iterate();
                if (!IsEvaluated(percent, Percent(learner))) continue;
                var start = TimeProvider.System.GetTimestamp();
                var played = PolicyEvaluation.Run(learner.Policy, dataset.Run.Environment.Entry.Create, config.EvaluationEpisodes, seeds.Evaluation, rows: config.EvaluationEpisodes, cancellation);
                act += TimeProvider.System.GetElapsedTime(start).TotalSeconds;
                scores.Add(dataset.Run.Score(played.Mean));
            }
            learn += learner.Timing.Learn;
            measured.Add(new(StudyMetrics.Score, dataset.Path, scores.TakeLast(LastEvaluations).Average()));
            measured.Add(new(StudyMetrics.BestScore, dataset.Path, scores.Max()));
        }
        return [.. measured, Measurement.Timing("learn", learn), Measurement.Timing("act", act)];
    }

    /// <summary>The behaviour itself: what the data earn, and their measures.</summary>
    public static IReadOnlyList<Measurement> Behaviour(BehaviourRuns runs, Trial trial, CancellationToken cancellation) =>
    [
        .. runs.Of(trial, cancellation).SelectMany(run => run.Datasets).SelectMany(dataset => new Measurement[]
        {
            new(StudyMetrics.Score, dataset.Path, 100 * dataset.Quality), new(StudyMetrics.BestScore, dataset.Path, 100 * dataset.Quality),
            new(StudyMetrics.Quality, dataset.Path, dataset.Quality), new(StudyMetrics.Coverage, dataset.Path, dataset.Coverage), new(StudyMetrics.LogCoverage, dataset.Path, dataset.LogCoverage),
            new(StudyMetrics.Rule, dataset.Path, dataset.Run.IsRule ? 1 : 0),
        }),
    ];

    /// <summary>Every tenth of the training, and every hundredth of its last tenth: between two, only the best of all looks.</summary>
    public static bool IsEvaluated(int before, int after) => after > before && (after > 90 || after / 10 > before / 10);

    private int Percent(OfflineLearner learner) => (int)(100 * learner.Steps / config.Offline.Steps);
}
