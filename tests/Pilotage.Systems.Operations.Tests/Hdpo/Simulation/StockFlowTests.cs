using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Simulation;

public class StockFlowTests
{
    private static (float[] Next, float[] Cost) Advance(InventoryNetwork network, float[] state, float[] orders, float[] demand)
    {
        using var step = Step.Begin(gradient: Gradient.None);
        var batch = new ScenarioBatch(new ScenarioSet(network, new float[network.StoreCount], new float[network.Count * network.Width], 1), 1).FillAll();
        var period = new StockFlow(batch).Advance(
            Tensor.From(state, 1, network.Count, network.Width), Tensor.From(orders, 1, orders.Length), Tensor.From(demand, 1, demand.Length));
        var (next, cost) = (new float[state.Length], new float[network.Count]);
        period.Next.CopyTo(next);
        period.Cost.CopyTo(cost);
        return (next, cost);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, -2)]
    public void Period_TooLittleStock_CostsTheShortageAndLosesOrKeepsDemand(bool isLost, float expected)
    {
        var (next, cost) = Advance(Worlds.Store(1, isLost: isLost), [3, 0], [0], [5]);
        Assert.Equal(18, cost[0]);
        Assert.Equal(expected, next[0]);
    }

    [Fact]
    public void Period_StockLeft_CostsItsHolding() => Assert.Equal(1, Advance(Worlds.Store(1), [3, 0], [0], [2]).Cost[0]);

    [Fact]
    public void Period_Orders_EnterTheStateAtTheirLeadTime()
    {
        Assert.Equal([8, 0], Advance(Worlds.Store(1), [3, 0], [7], [2]).Next);
        Assert.Equal([1 + 10, 20, 30, 7], Advance(Worlds.Store(4), [3, 10, 20, 30], [7], [2]).Next);
    }

    [Fact]
    public void Period_Warehouse_ShipsWhatItHasAndPaysForTheRest()
    {
        var network = Worlds.Warehouse();                                // lead times 2, 2, 3 to the stores, 3 to the warehouse
        var (next, cost) = Advance(network, [4, 1, 0, 5, 0, 0, 6, 0, 0, 20, 2, 3], [1, 2, 3, 9], [1, 7, 6]);
        Assert.Equal([3 + 1, 1, 0, 0, 2, 0, 0, 0, 3, 14 + 2, 3, 9], next);
        Assert.Equal([3, 18, 0], cost[..3]);
        Assert.Equal(0.3 * 14, cost[3], 1e-5);
    }

    [Fact]
    public void Period_TwoWarehouses_EveryRouteHasItsOwnLeadTimeAndCost()
    {
        var network = Worlds.TwoWarehouses();
        Assert.Equal([(2, 0), (2, 1), (3, 0), (3, 1), (-1, 2), (-1, 3)], network.Routes.Select(route => (route.From, route.To)));
        var state = new float[4 * 5];
        (state[0], state[5], state[10], state[15]) = (5, 5, 10, 10);
        var (next, cost) = Advance(network, state, [1, 2, 3, 4, 5, 6], [5, 5]);
        Assert.Equal([1, 0, 0, 3, 0], next[..5]);                        // from east in 1 period, from west in 4
        Assert.Equal([0, 4, 2, 0, 0], next[5..10]);
        Assert.Equal([7, 0, 5, 0, 0], next[10..15]);
        Assert.Equal([3, 0, 0, 0, 6], next[15..]);
        Assert.Equal(0.3 * 7 + 0.4 * 3 + 0.5 * 3 + 1.5 * 7, cost.Sum(), 1e-5);
    }

    [Fact]
    public void Period_OwnTerms_EachScenarioHasItsCostsAndLeadTime()
    {
        var network = Worlds.Store(3);
        var set = new ScenarioSet(network, [5, 5], [9, 0, 0, 2, 0, 0], 1) { Terms = new([1, 2], [3, 4], [1, 3]) };
        using var step = Step.Begin(gradient: Gradient.None);
        var batch = new ScenarioBatch(set, 2);
        batch.Fill([1, 0]);
        var period = new StockFlow(batch).Advance(Tensor.From(batch.Initial, 2, 1, 3), Tensor.From([7, 8], 2, 1), Tensor.From(batch.Demand(0), 2, 1));
        var (next, cost) = (new float[6], new float[2]);
        period.Next.CopyTo(next);
        period.Cost.CopyTo(cost);
        Assert.Equal([-3, 0, 7, 4 + 8, 0, 0], next);
        Assert.Equal([12, 4], cost);
    }

    [Fact]
    public void Run_AnyNetworkAndPolicy_StockIsConserved()
    {
        foreach (var (name, policy, scenarios) in Worlds.All(count: 5, periods: 25, SeedTree.Root(3)))
        {
            var network = scenarios.Network;
            var (size, stores) = (network.Count * network.Width, network.StoreCount);
            var (received, sold, last) = (new double[5], new double[5], new float[5 * size]);
            ScenarioRun.Of(policy, scenarios, 0, trace: (t, state, orders, demand) =>
            {
                state.CopyTo(last);
                for (var i = 0; i < 5; i++)
                {
                    for (var e = 0; e < network.Routes.Count; e++)
                    {
                        var order = orders[i * network.Routes.Count + e];
                        Assert.True(order >= 0, name);
                        if (t < 24 && network.Routes[e].IsExternal) received[i] += order;
                    }
                    for (var k = stores; k < network.Count; k++)
                    {
                        var (start, length) = network.RoutesFrom(k);
                        var shipped = 0.0;
                        foreach (var order in orders.Slice(i * network.Routes.Count + start, length)) shipped += order;
                        var onHand = state[i * size + k * network.Width];
                        Assert.True(shipped <= onHand + 1e-3, $"{name}: {shipped} of {onHand}");
                        if (network.IsTransshipment) Assert.Equal(onHand, shipped, 1e-3);
                    }
                    for (var s = 0; s < stores && t < 24; s++)
                    {
                        var (onHand, wanted) = (state[i * size + s * network.Width], demand[i * stores + s]);
                        sold[i] += network.IsLost ? Math.Min(onHand, wanted) : wanted;
                    }
                }
            });
            for (var i = 0; i < 5; i++)
                Assert.Equal(scenarios.Initial.Skip(i * size).Take(size).Sum() + received[i] - sold[i], last.Skip(i * size).Take(size).Sum(), 1e-3 * Math.Max(1, received[i] / 100));
        }
    }

    [Fact]
    public void Run_ConstantDemandAndSteadyPipeline_BaseStockCostsNothing()
    {
        var network = Worlds.Store(4);
        var set = new ScenarioSet(network, [.. Enumerable.Repeat(5f, 30)], [5, 5, 5, 5], 30);
        var run = ScenarioRun.Of(new BaseStock(network, [25], 5), set, 0);
        Assert.Equal(0, run.MeanCost, 1e-6);
        Assert.Equal(1, run.FillRate);
    }

    [Fact]
    public void Run_FillRate_CountsEachMissedUnitOnce()
    {
        // Backlog: 3 on hand, demand 5 a period and nothing ordered: 2 missed, then 5 more, not 7.
        var set = new ScenarioSet(Worlds.Store(1), [5, 5], [3, 0], 2);
        Assert.Equal(0.3, ScenarioRun.Of(new Worlds.Fixed(0), set, 0).FillRate, 1e-6);
    }
}
