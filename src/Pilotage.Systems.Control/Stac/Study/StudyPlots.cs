using Pilotage.Environments.PointMass;
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
        Occupancy(results),
    ];

    private LinePlot Curve(StudyResults results, string name, string title, string metric, Axis y, string note, IReadOnlyList<(string, double)> levels) => new(
        name.Replace('_', '-'), title, new("environment steps"), y,
        [
            .. _learners.Select(arm =>
            {
                var seeds = results.SeedsOf(arm).Select(seed => results.Values(arm, seed, metric)).ToList();
                List<string> steps = [.. seeds[0].Keys];
                return new LineSeries(arm, [.. steps.Select(step => double.Parse(step, System.Globalization.CultureInfo.InvariantCulture))], [.. steps.Select(step => seeds.Average(values => values[step]))]);
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
    { Reference = 0, ReferenceName = "truth", Note = "Mean over the last ten probes of each training; 95 % interval over training seeds." };

    private HeatMapPlot Occupancy(StudyResults results) => new(
        "occupancy", "Where the point mass spends its time", new("x"), new("y"),
        [
            .. new[] { StudyArms.Rule, StudyArms.Detour, StudyArms.TwinSac }.Concat(betas.Select(StudyArms.StacName)).Select(arm =>
            {
                var seeds = results.SeedsOf(arm).Select(seed => results.Values(arm, seed, StudyMetrics.Cells)).ToList();
                return new HeatMap(arm, DiscWatch.Side, [.. seeds[0].Keys.Select(cell => 100 * seeds.Average(values => values[cell]))]);
            }),
        ])
    {
        Outline = [.. Enumerable.Range(0, 49).Select(i => (RiskyPointMass.Centre + RiskyPointMass.Radius * Math.Cos(Math.PI * i / 24), RiskyPointMass.Centre + RiskyPointMass.Radius * Math.Sin(Math.PI * i / 24)))],
        Note = "Share of evaluation steps in each cell, in percent, over all training seeds; darkness is its root. The goal is the lower left corner, the ring the disc where steps may cost ten points.",
    };

    private static double Mean(StudyResults results, string arm, string metric) => results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric).Values).Average();

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
