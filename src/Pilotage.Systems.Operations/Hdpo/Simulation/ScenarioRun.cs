using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>What a policy came to on a set of scenarios. Sums are in double.</summary>
internal sealed class ScenarioRun
{
    private ScenarioRun(int scenarios, int locations, int periods) => (Costs, Missing, Demand, OnHand, OnHandOf, PeriodCosts) =
        (new double[scenarios], new double[scenarios], new double[scenarios], new double[locations], new double[scenarios], new double[periods]);

    /// <summary>Money for a period and a store in each scenario, over the periods that count.</summary>
    public double[] Costs { get; }

    /// <summary>Money of all stores in each period that counts, mean over scenarios.</summary>
    public double[] PeriodCosts { get; }

    /// <summary>The state after the last period, [N, K, W].</summary>
    public float[] LastState { get; private set; } = [];

    /// <summary>Units of demand that stock on hand did not meet in each scenario.</summary>
    public double[] Missing { get; }

    /// <summary>Units that customers wanted in each scenario.</summary>
    public double[] Demand { get; }

    /// <summary>Mean stock left at each location after a period's demand, over periods and scenarios.</summary>
    public double[] OnHand { get; }

    /// <summary>Mean stock left at all locations of each scenario after a period's demand.</summary>
    public double[] OnHandOf { get; }

    /// <summary>Mean over scenarios.</summary>
    public double MeanCost => Costs.Average();

    /// <summary>Share of demand that was met from stock on hand.</summary>
    public double FillRate => Demand.Sum() > 0 ? 1 - Missing.Sum() / Demand.Sum() : 1;

    /// <summary>Runs a policy.</summary>
    /// <param name="policy">Decides.</param>
    /// <param name="scenarios">All are run side by side.</param>
    /// <param name="ignore">First periods that do not count.</param>
    /// <param name="device">Where to compute; <see langword="null"/> for the managed device.</param>
    /// <param name="trace">Told each period's state, orders and demand: [B, K, W], [B, E], [B, S].</param>
    public static ScenarioRun Of(IOrderPolicy policy, ScenarioSet scenarios, int ignore, Device? device = null, TracePeriod? trace = null)
    {
        var network = scenarios.Network;
        var (count, locations, stores) = (scenarios.Count, network.Count, network.StoreCount);
        var run = new ScenarioRun(count, locations, scenarios.Periods - ignore);
        var batch = new ScenarioBatch(scenarios, count).FillAll();
        var (state, cost, left) = (batch.Initial.ToArray(), new float[count * locations], new float[count * locations]);
        var orders = trace is null ? [] : new float[count * network.Routes.Count];
        for (var t = 0; t < scenarios.Periods; t++)
        {
            ReadOnlySpan<float> demand;
            using (Step.Begin(device, Gradient.None))
            {
                var flow = new StockFlow(batch);
                var before = Tensor.From(state, count, locations, network.Width);
                var ordered = policy.Orders(new(before, batch, t));
                demand = batch.Demand(t);                                // a policy may have looked at another period
                var period = flow.Advance(before, ordered, Tensor.From(demand, count, stores));
                if (trace is not null)
                {
                    ordered.CopyTo(orders);
                    trace(t, state, orders, demand);
                }
                period.Next.CopyTo(state);
                period.Cost.CopyTo(cost);
                period.Left.CopyTo(left);
            }
            if (t < ignore) continue;
            for (var i = 0; i < count; i++)
                for (var k = 0; k < locations; k++)
                {
                    var y = left[i * locations + k];
                    run.Costs[i] += cost[i * locations + k];
                    run.PeriodCosts[t - ignore] += cost[i * locations + k] / (double)count;
                    run.OnHand[k] += Math.Max(0, y);
                    run.OnHandOf[i] += Math.Max(0, y);
                    if (k >= stores) continue;
                    run.Demand[i] += demand[i * stores + k];
                    run.Missing[i] += Math.Min(Math.Max(0, -y), Math.Max(0, demand[i * stores + k]));
                }
        }
        var periods = (double)(scenarios.Periods - ignore);
        foreach (ref var value in run.Costs.AsSpan()) value /= periods * stores;
        foreach (ref var value in run.OnHandOf.AsSpan()) value /= periods;
        foreach (ref var value in run.OnHand.AsSpan()) value /= periods * count;
        run.LastState = state;
        return run;
    }

    /// <summary>Looks at one period of all scenarios.</summary>
    /// <param name="period">t.</param>
    /// <param name="state">Before the period, [B, K, W].</param>
    /// <param name="orders">[B, E].</param>
    /// <param name="demand">[B, S].</param>
    internal delegate void TracePeriod(int period, ReadOnlySpan<float> state, ReadOnlySpan<float> orders, ReadOnlySpan<float> demand);
}
