namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A candidate on the test periods, in the user's money and units.</summary>
/// <param name="Candidate">The policy.</param>
/// <param name="Run">Its run, in each series' mean.</param>
/// <param name="Costs">Money for a counted period of each series.</param>
/// <param name="PeriodCosts">Money of all series in each counted period.</param>
/// <param name="Trace">On hand, order and demand of the shown series in each test period, in units.</param>
internal sealed record TestedCandidate(OrderCandidate Candidate, ScenarioRun Run, double[] Costs, double[] PeriodCosts, IReadOnlyList<(double OnHand, double Order, double Demand)> Trace)
{
    /// <summary>Money of all series for a period.</summary>
    public double Cost => Costs.Sum();

    /// <summary>Runs a candidate.</summary>
    /// <param name="candidate">The policy.</param>
    /// <param name="world">The user's demand.</param>
    /// <param name="shown">Index of the series whose trace is kept.</param>
    public static TestedCandidate Of(OrderCandidate candidate, PanelWorld world, int shown)
    {
        var (set, units, width) = (world.Test, world.Panel.Units, world.Network.Width);
        var (trace, periodCosts) = (new List<(double OnHand, double Order, double Demand)>(), new double[set.Periods - world.Ignored]);
        var run = ScenarioRun.Of(candidate.On(set), set, world.Ignored, trace: (t, state, orders, demand) =>
        {
            trace.Add((state[shown * width] * units[shown], orders[shown] * units[shown], demand[shown] * units[shown]));
            if (t < world.Ignored) return;
            for (var i = 0; i < set.Count; i++)
            {
                var left = state[i * width] - demand[i];
                periodCosts[t - world.Ignored] += units[i] * (left > 0 ? world.Terms.HoldingCosts[i] * left : -world.Terms.ShortageCosts[i] * left);
            }
        });
        return new(candidate, run, [.. run.Costs.Select((cost, i) => cost * units[i])], periodCosts, trace);
    }
}
