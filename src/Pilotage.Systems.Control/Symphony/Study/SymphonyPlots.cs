using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>The study's figures: how fast it learns, how strong and how sudden its actions are, how the learned scale moves.</summary>
/// <param name="tasks">Where the study ran.</param>
internal sealed class SymphonyPlots(IReadOnlyList<SymphonyTask> tasks)
{
    private const double ErrorPerEnd = 0.025;
    private static readonly IReadOnlyList<string> Shown = [.. SymphonyArms.Baselines, SymphonyArms.Method];

    /// <summary>All figures.</summary>
    public IReadOnlyList<Plot> All(StudyResults results) =>
    [
        .. tasks.SelectMany(task => new Plot[] { Curve(task, results), Histogram(task, results), Changes(task, results), Scale(task, results) })
            .Where(plot => plot is not LinePlot lines || lines.Series.All(series => series.X.Count > 0)),      // no episode ended: no scale to show
    ];

    private static IEnumerable<string> LearnersOn(SymphonyTask task) => [.. Shown, .. SymphonyArms.Ablations.Select(ablation => ablation.Name).Where(arm => SymphonyArms.RunsOn(task, arm))];

    private static LinePlot Curve(SymphonyTask task, StudyResults results) => new(
        $"curve-{task.Slug}", $"What is learned on {task.Entry.Name}", new("environment steps"), new("return of a test", task.Entry.Spec.RewardUnit),
        [.. Shown.Concat([SymphonyArms.Uniform, SymphonyArms.Plain]).Where(arm => SymphonyArms.RunsOn(task, arm)).Select(arm => Series(arm, task, results, SymphonyMetrics.Curve, position => position))])
    {
        Levels = [.. new[] { SymphonyArms.Rule, SymphonyArms.Random }.Select(arm => (arm, Mean(results, arm, SymphonyMetrics.On(task, SymphonyMetrics.Return))))],
        Note = $"Means of the episodes of a test ({task.TestEpisodes}), played without noise, and 95 % intervals over training seeds. Explored steps count.",
    };

    private static LinePlot Histogram(SymphonyTask task, StudyResults results) => new(
        $"strength-{task.Slug}", $"How strong actions are while learning on {task.Entry.Name}", new("|a|", "half widths of the box"), new("share of actions"),
        [.. Shown.Append(SymphonyArms.NoSwaddling).Select(arm => Series(arm, task, results, SymphonyMetrics.Histogram, bin => (bin + 0.5) / ActionGauge.Bins, hasBand: false))])
    {
        Note = "All training steps, exploration and noise included. Symphony cannot pass tanh(2) = 0.964.",
    };

    private static BarPlot Changes(SymphonyTask task, StudyResults results) => new(
        $"change-{task.Slug}", $"How much actions change from step to step while learning on {task.Entry.Name}", new("mean squared change", "half widths of the box"), [.. LearnersOn(task)],
        [new("change", [.. LearnersOn(task).Select(arm => Mean(results, arm, SymphonyMetrics.On(task, SymphonyMetrics.Change)))])]);

    private static LinePlot Scale(SymphonyTask task, StudyResults results) => new(
        $"scale-{task.Slug}", $"The learned scale of actions on {task.Entry.Name}", new("training episode"), new("mean S"),
        [.. new[] { SymphonyArms.Method, SymphonyArms.NoSwaddling, SymphonyArms.Loud }.Where(arm => SymphonyArms.RunsOn(task, arm)).Select(arm => Series(arm, task, results, SymphonyMetrics.Scale, position => position))])
    {
        Note = "Mean scale of the last update's batch at the end of each episode; 0 while exploring. S multiplies the direction of the action before the tangent.",
    };

    private static LineSeries Series(string arm, SymphonyTask task, StudyResults results, string metric, Func<double, double> toX, bool hasBand = true)
    {
        var seeds = results.SeedsOf(arm).Select(seed => results.Values(arm, seed, SymphonyMetrics.On(task, metric))).ToList();
        // Where episodes end early their number differs between seeds: a mean is over all seeds, or is not shown.
        var instances = seeds[0].Keys.Where(instance => seeds.TrueForAll(values => values.ContainsKey(instance))).ToList();
        double[][] values = [.. instances.Select(instance => seeds.Select(seed => seed[instance]).ToArray())];
        Interval[] bands = hasBand && seeds.Count > 1 ? [.. values.Select(units => Inference.ToDescribe(units, Inference.DefaultSeeds).Bounds(ErrorPerEnd))] : [];
        return new(arm, [.. instances.Select(instance => toX(double.Parse(instance[(instance.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture)))], [.. values.Select(units => Sample.Mean(units))])
        {
            Low = [.. bands.Select(band => band.Low)],
            High = [.. bands.Select(band => band.High)],
        };
    }

    private static double Mean(StudyResults results, string arm, string metric) => results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric).Values).Average();
}
