using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>Figures of an answer: returns, ratio percentiles over time against the band, target ratio against the one that was reached.</summary>
internal static class ApplyPlots
{
    private const int Points = 400;                      // of the scatter: more are a cloud

    /// <summary>Three figures for one environment.</summary>
    /// <param name="task">The environment.</param>
    /// <param name="learner">Gives the band.</param>
    /// <param name="bounded">Runs of BPO, one a seed.</param>
    /// <param name="clipped">Runs of PPO.</param>
    public static IEnumerable<Plot> Of(ControlTask task, BpoConfig learner, IReadOnlyList<TrainedRun> bounded, IReadOnlyList<TrainedRun> clipped)
    {
        double[] steps = [.. bounded[0].Steps.Select(step => (double)step)];
        LineSeries Line(string name, IReadOnlyList<TrainedRun> runs, Func<TrainedRun, int, double> value) => new(name, steps, [.. steps.Select((_, i) => runs.Average(run => value(run, i)))])
        {
            Low = [.. steps.Select((_, i) => runs.Min(run => value(run, i)))],
            High = [.. steps.Select((_, i) => runs.Max(run => value(run, i)))],
        };
        LineSeries Border(double value) => new("band", steps, [.. steps.Select(_ => value)]) { IsReference = true };
        yield return new LinePlot($"returns-{task.Slug}", $"Returns while learning {task.Name}", new("environment steps"), new("return", task.Entry.Spec.RewardUnit),
            [Line("BPO", bounded, (run, i) => run.Returns[i]), Line("PPO", clipped, (run, i) => run.Returns[i])])
        {
            Note = "Mean of the last hundred training episodes; means over seeds, bands from the lowest to the highest.",
        };
        yield return new TimelinePlot($"ratios-{task.Slug}", $"How far each update moved the probabilities on {task.Name}", new("environment steps"),
            [
                new(new("99th percentile of ratio"), [Line("BPO", bounded, (run, i) => run.Spreads[i].High), Line("PPO", clipped, (run, i) => run.Spreads[i].High), Border(1 + learner.UpperRadius)]),
                new(new("1st percentile of ratio"), [Line("BPO", bounded, (run, i) => run.Spreads[i].Low), Line("PPO", clipped, (run, i) => run.Spreads[i].Low), Border(1 - learner.LowerRadius)]),
            ])
        { Note = "Over the steps that each update learned from. Dashed: the band." };
        var last = bounded[0];
        var stride = Math.Max(1, last.Ratios.Length / Points);
        yield return new ScatterPlot($"targets-{task.Slug}", $"Target and reached ratio on {task.Name}", new("target ratio"), new("reached ratio"),
            [.. Enumerable.Range(0, last.Ratios.Length / stride).Select(i => new ScatterPoint("", last.Targets[i * stride], last.Ratios[i * stride], ArmKind.Method))])
        {
            Front = [(1 - learner.LowerRadius, 1 - learner.LowerRadius), (1 + learner.UpperRadius, 1 + learner.UpperRadius)],
            Note = "BPO's last update of the first seed, a part of its steps. On the line the ratio is what the target asks.",
        };
    }
}
