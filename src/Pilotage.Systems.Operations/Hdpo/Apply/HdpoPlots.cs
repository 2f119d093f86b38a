using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Figures of an answer: what each policy costs and why, how much is ordered at which stock, and stock over the test periods.</summary>
/// <param name="world">The user's demand.</param>
/// <param name="settings">Costs and lead time.</param>
internal sealed class HdpoPlots(PanelWorld world, ApplySettings settings)
{
    private const int CurvePoints = 41;

    /// <summary>All figures.</summary>
    /// <param name="tested">All candidates, the rule in use first.</param>
    /// <param name="recommended">The recommended one.</param>
    /// <param name="shown">Index of the series that is shown.</param>
    public IReadOnlyList<Plot> All(IReadOnlyList<TestedCandidate> tested, OrderCandidate recommended, int shown)
    {
        List<TestedCandidate> two = [tested.First(t => t.Candidate == recommended), .. tested.Where(t => t.Candidate.Name == OrderCandidates.RuleInUse && t.Candidate != recommended)];
        return [Costs(tested), OrderCurve(two, shown), Stock(two, shown)];
    }

    private BarPlot Costs(IReadOnlyList<TestedCandidate> tested)
    {
        double Holding(TestedCandidate candidate) => candidate.Run.OnHandOf.Select((stock, i) => stock * world.Panel.Units[i] * settings.HoldingCost).Sum();
        return new("costs", "What each policy costs in a test period", new("cost", "a period"), [.. tested.Select(t => t.Candidate.Name)],
            [new("stock held", [.. tested.Select(Holding)]), new("demand not met", [.. tested.Select(t => t.Cost - Holding(t))])]);
    }

    // The state of the last period, with all of its stock on hand, more and less of it.
    private LinePlot OrderCurve(List<TestedCandidate> two, int shown)
    {
        var (panel, width, past) = (world.Panel, world.Network.Width, PanelWorld.Past);
        var (history, states) = (new float[CurvePoints * (past + 1)], new float[CurvePoints * width]);
        var mean = 0.0;
        for (var t = 0; t < past; t++) mean += panel.Values[(shown + 1) * panel.Periods - past + t] / (double)past;
        var most = 2 * (settings.LeadTime + 1) * Math.Max(mean, 0.1);
        for (var i = 0; i < CurvePoints; i++)
        {
            panel.Values.AsSpan((shown + 1) * panel.Periods - past, past).CopyTo(history.AsSpan(i * (past + 1)));
            states[i * width] = (float)(most * i / (CurvePoints - 1));
        }
        float[] Same(float value) => [.. Enumerable.Repeat(value, CurvePoints)];
        var set = new ScenarioSet(world.Network, history, states, 1, past)
        {
            Terms = new(Same((float)settings.HoldingCost), Same((float)settings.ShortageCost), [.. Enumerable.Repeat(settings.LeadTime, CurvePoints)]),
        };
        var series = two.Select(tested =>
        {
            var ordered = new double[CurvePoints];
            ScenarioRun.Of(tested.Candidate.On(set), set, 0, trace: (_, _, orders, _) =>
            {
                for (var i = 0; i < CurvePoints; i++) ordered[i] = orders[i] * panel.Units[shown];
            });
            return new LineSeries(tested.Candidate.Name, [.. Enumerable.Range(0, CurvePoints).Select(i => (double)states[i * width] * panel.Units[shown])], ordered)
            {
                IsReference = tested.Candidate.Name == OrderCandidates.RuleInUse,
            };
        });
        return new("order-curve", $"How much is ordered now: {panel.Names[shown]}", new("on hand", "units, nothing on the way"), new("order", "units"), [.. series])
        {
            Note = "The recent demand is that of the history's end.",
        };
    }

    private TimelinePlot Stock(List<TestedCandidate> two, int shown)
    {
        double[] periods = [.. Enumerable.Range(1, two[0].Trace.Count).Select(t => (double)t)];
        LineSeries Line(TestedCandidate tested, Func<(double OnHand, double Order, double Demand), double> value) =>
            new(tested.Candidate.Name, periods, [.. tested.Trace.Select(value)]) { IsStepped = true, IsReference = tested.Candidate.Name == OrderCandidates.RuleInUse };
        return new("stock", $"Test periods of {world.Panel.Names[shown]}", new("period", "of the test"),
        [
            new(new("on hand", "units"), [new LineSeries("demand", periods, [.. two[0].Trace.Select(t => t.Demand)]), .. two.Select(t => Line(t, x => x.OnHand))]),
            new(new("order", "units"), [.. two.Select(t => Line(t, x => x.Order))]),
        ]);
    }
}
