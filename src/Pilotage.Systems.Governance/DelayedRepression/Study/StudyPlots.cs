using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>The study's own figures: bifurcation, cycles just beyond it, who runs away at which delay, delay by sharpness, one life.</summary>
/// <param name="config">Settings.</param>
/// <param name="design">The cells that were lived through.</param>
/// <param name="diagrammed">Delays of the bifurcation diagram, in critical delays.</param>
internal sealed class StudyPlots(DelayedRepressionConfig config, SocietyDesign design, IReadOnlyList<double> diagrammed)
{
    /// <summary>All figures.</summary>
    public IReadOnlyList<Plot> All(StudyResults results) => [Delays(results, StudyMetrics.Full, "whole run"), Delays(results, StudyMetrics.Tail, "second half"), .. Map(results), Diagram(results), Beyond(results), Life()];

    private LinePlot Delays(StudyResults results, string metric, string rule)
    {
        var series = new[] { StudyArms.Fixed, StudyArms.Reactive, StudyArms.Learning }.Select(arm =>
        {
            var rates = design.Crossed.Select(cell => Rate.Of(results, arm, metric, cell.Path)).ToList();
            return new LineSeries(arm, [.. design.Crossed.Select(cell => (double)cell.Delay)], [.. rates.Select(rate => rate.Share)])
            {
                Low = [.. rates.Select(rate => rate.Interval().Low)], High = [.. rates.Select(rate => rate.Interval().High)], IsReference = arm == StudyArms.Fixed,
            };
        });
        return new(metric == StudyMetrics.Full ? "runaway-full" : "runaway-tail", $"Who runs away, judged by the {rule}", new("delay of the alarm", "steps"), new("runs that ran away", "share"), [.. series])
        {
            Note = FormattableString.Invariant($"Bands are Wilson intervals, 95 %. A run has run away where the share of radicals was above {config.RunawayShare:0.00}."),
        };
    }

    private IEnumerable<Plot> Map(StudyResults results)
    {
        if (design.Map.Count == 0) yield break;
        var (delays, sharpnesses) = (design.Map.Select(cell => cell.Delay).Distinct().ToList(), design.Map.Select(cell => cell.Sharpness).Distinct().OrderDescending().ToList());
        foreach (var (metric, name, rule) in new[] { (StudyMetrics.MapFull, "map-full", "whole run"), (StudyMetrics.MapTail, "map-tail", "second half") })
        {
            var values = from sharpness in sharpnesses from delay in delays select Rate.Of(results, StudyArms.Learning, metric, new SocietyCell(delay, sharpness).Path).Share;
            yield return new HeatmapPlot(name, $"Learning agents that run away, judged by the {rule}", new("delay of the alarm", "steps"), new("sharpness k"),
                [.. delays.Select(delay => FormattableString.Invariant($"{delay}"))], [.. sharpnesses.Select(k => FormattableString.Invariant($"{k}"))], [.. values], new("share of runs"));
        }
    }

    private LinePlot Diagram(StudyResults results)
    {
        LineSeries Line(string arm, bool isReference) =>
            new(arm, diagrammed, [.. diagrammed.Select(multiple => results.Values(arm, 0, StudyMetrics.Amplitude)[StudyArms.DiagramPath(multiple)])]) { IsReference = isReference };
        return new("bifurcation", "The feedback loop begins to swing at the critical delay", new("delay", "critical delays"), new("amplitude of the share of radicals"), [Line(StudyArms.Solver, false), Line(StudyArms.Euler, true)])
        {
            Note = FormattableString.Invariant($"a = {config.Benefit}, C = {config.Punishment}, k = {config.LoopSharpness}, x_c = {config.LoopThreshold}: rest at {config.Loop.Equilibrium:0.0000}, critical delay {HopfPoint.Of(config.Loop).CriticalDelay:0.0000}."),
        };
    }

    private LinePlot Beyond(StudyResults results)
    {
        var hopf = HopfPoint.Of(config.Loop);
        var amplitudes = results.Values(StudyArms.Solver, 0, StudyMetrics.Amplitude);
        var multiples = StudyArms.JustBeyond;
        return new("beyond", "Just beyond it the squared amplitude grows linearly", new("delay", "critical delays"), new("squared amplitude"),
            [
                new(StudyArms.Solver, multiples, [.. multiples.Select(multiple => Math.Pow(amplitudes[StudyArms.BeyondPath(multiple)], 2))]),
                new("first order, from Re c1", multiples, [.. multiples.Select(multiple => Math.Pow(hopf.Amplitude(multiple * hopf.CriticalDelay), 2))]) { IsReference = true },
            ]);
    }

    private TimelinePlot Life()
    {
        var cell = design.Crossed[^1];
        var seeds = SeedTree.Root(0).Branch("shown");
        var (graph, population) = StudyArms.World(config, seeds);
        var steps = Enumerable.Range(1, config.Steps).Select(step => (double)step).ToList();
        var runs = new[] { (StudyArms.Reactive, Architecture.Reactive), (StudyArms.Learning, Architecture.Learning) }
            .Select(arm => (Name: arm.Item1, Run: SocietyRun.Live(graph, population, config, arm.Item2, cell.Delay, isGoverned: false, seeds.Branch("run")))).ToList();
        return new("life", FormattableString.Invariant($"One life at a delay of {cell.Delay}"), new("time", "steps"),
            [
                new(new("radicals", "share"), [.. runs.Select(run => new LineSeries(run.Name, steps, run.Run.Radicals))]),
                new(new("alarm, " + StudyArms.Learning), [new("caused", steps, runs[1].Run.Alarms), new("seen", steps, runs[1].Run.SeenAlarms) { IsReference = true }]),
            ])
        {
            Note = "The first alarm is low, and until the first answer arrives everybody gains by being radical: the start alone can count as runaway.",
        };
    }
}
