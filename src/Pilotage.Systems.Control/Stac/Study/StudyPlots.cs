using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Control.Stac;

/// <summary>The study's own figures: value errors and returns along the trainings, the beta sweep, and where the point mass goes.</summary>
/// <param name="tasks">The study's tasks.</param>
/// <param name="betas">Its pessimisms.</param>
internal sealed class StudyPlots(IReadOnlyList<StudyTask> tasks, IReadOnlyList<double> betas)
{
    private readonly IReadOnlyList<string> _learners = [StudyArms.TwinSac, StudyArms.SingleSac, StudyArms.Estac, .. betas.Select(StudyArms.StacName)];

    /// <summary>All figures.</summary>
    public IReadOnlyList<Plot> All(StudyResults results) =>
    [
        .. tasks.Where(task => !task.IsPointMass).SelectMany(task => new Plot[]
        {
            Curve(results, $"{task.Key}-value-error", $"{task.Name}: how far the critic is from the truth", StudyMetrics.ErrorCurve(task), new("value error", "rewards"), "Critic's mean less the discounted soft return that followed; above 0 it overestimates.", [("truth", 0)]),
            Curve(results, $"{task.Key}-return", $"{task.Name}: return along the training", StudyMetrics.ReturnCurve(task), new("return"), "Greedy policy on evaluation episodes.", Level(results, task)),
        }),
        .. tasks.Select(task => Sweep(results, task)),
        .. new[] { StudyArms.Rule, StudyArms.TwinSac, StudyArms.StacName(0), StudyArms.StacName(betas.Max()) }.Select(arm => Occupancy(results, arm)),
    ];

    private LinePlot Curve(StudyResults results, string name, string title, string metric, Axis y, string note, IReadOnlyList<(string, double)> levels) => new(
        name.Replace('_', '-'), title, new("environment steps"), y,
        [
            .. _learners.Select(arm =>
            {
                var seeds = results.SeedsOf(arm).Select(seed => results.Values(arm, seed, metric)).ToList();
                List<string> steps = [.. seeds[0].Keys];
                return new LineSeries(arm, [.. steps.Select(step => double.Parse(step, CultureInfo.InvariantCulture))], [.. steps.Select(step => seeds.Average(values => values[step]))]);
            }),
        ])
    { Note = $"{note} Means over training seeds.", Levels = levels };

    private static IReadOnlyList<(string, double)> Level(StudyResults results, StudyTask task) => [(StudyArms.Rule, Mean(results, StudyArms.Rule, StudyMetrics.Return(task)))];

    private IntervalPlot Sweep(StudyResults results, StudyTask task) => new(
        $"{task.Key}-sweep".Replace('_', '-'), $"{task.Name}: value error by beta", new("value error", "rewards"),
        [
            .. _learners.Select(arm =>
            {
                var units = results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, StudyMetrics.ValueError(task)).Values).ToArray();
                var bounds = Inference.ToDescribe(units, Inference.DefaultSeeds).Bounds(0.025);
                return new IntervalRow(arm, Sample.Mean(units), Finite(bounds.Low), Finite(bounds.High), arm.StartsWith("stac", StringComparison.Ordinal) ? ArmKind.Method : ArmKind.Baseline);
            }),
        ])
    { Reference = 0, ReferenceName = "truth", Note = "Mean over the last five probes of each training; 95 % interval over training seeds." };

    private HeatmapPlot Occupancy(StudyResults results, string arm)
    {
        var seeds = results.SeedsOf(arm).Select(seed => results.Values(arm, seed, StudyMetrics.Cells)).ToList();
        // Roots, so that what is crossed can be seen beside where everything ends; lowest row first. A place that nobody came to stays empty.
        double[] cells = [.. seeds[0].Keys.Select(cell => seeds.Average(values => values[cell])).Select(share => share > 0 ? Math.Sqrt(100 * share) : double.NaN)];
        string[] middles = [.. Enumerable.Range(0, DiscWatch.Side).Select(cell => ((cell + 0.5) / DiscWatch.Side).ToString("0.00", CultureInfo.InvariantCulture))];
        return new(
            $"occupancy-{arm.Replace('.', '-')}", $"Where the point mass spends its time: {arm}", new("x"), new("y"), middles, [.. middles.Reverse()], [.. cells.Chunk(DiscWatch.Side).Reverse().SelectMany(row => row)],
            new("root of the share of the steps", "percent"))
        { Note = "Over all training seeds and 200 paired starts. The goal is the lower left corner; steps may cost ten points in the disc of radius 0.3 round (0.5, 0.5)." };
    }

    private static double Mean(StudyResults results, string arm, string metric) => results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric).Values).Average();

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
