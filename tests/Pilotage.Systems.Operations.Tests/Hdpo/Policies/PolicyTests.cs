using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Policies;

public class PolicyTests
{
    private static float[] Divide(InventoryNetwork network, float onHand, float[] wanted, float[]? scores = null)
    {
        var state = new float[network.Count * network.Width];
        state[^network.Width] = onHand;
        var batch = new ScenarioBatch(new ScenarioSet(network, new float[network.StoreCount], state, 1), 1).FillAll();
        using var step = Step.Begin(gradient: Gradient.None);
        var frame = new InventoryFrame(Tensor.From(state, 1, network.Count, network.Width), batch, 0);
        var result = scores is null ? Feasibility.Proportional(Tensor.From(wanted, 1, wanted.Length), frame) : Feasibility.Softmax(Tensor.From(scores, 1, scores.Length), frame);
        var orders = new float[result.Shape.Count];
        result.CopyTo(orders);
        return orders;
    }

    private static InventoryNetwork Two(bool isTransshipment = false) => InventoryNetwork.Warehouse([1, 1], [9, 9], [1, 1], 0.3, 2, isLost: false, isTransshipment);

    [Theory]
    [InlineData(false, 4, 4, 3, 3)]
    [InlineData(false, 1, 2, 1, 2)]
    [InlineData(true, 1, 2, 2, 4)]
    public void Proportional_SixOnHand_DividesAsWanted(bool isTransshipment, float first, float second, float expectedFirst, float expectedSecond)
    {
        var orders = Divide(Two(isTransshipment), 6, [first, second, 50]);
        Assert.Equal(expectedFirst, orders[0], 1e-4);
        Assert.Equal(expectedSecond, orders[1], 1e-4);
        Assert.Equal(50, orders[2]);                                     // the supplier never runs out
    }

    [Fact]
    public void Softmax_EqualScores_LeaveTheKeptShare()
    {
        var orders = Divide(Two(), 1, [], [0, 0]);
        Assert.Equal(1 / (2 + Math.E), orders[0], 1e-5);
        Assert.Equal(0.2119, orders[1], 1e-4);
        Assert.Equal(0.5, Divide(Two(isTransshipment: true), 1, [], [0, 0])[0], 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SharedNetworks_LikeStoresExchanged_ExchangeTheirOrders(bool isGraph)
    {
        var network = InventoryNetwork.Warehouse([1, 1, 1], [9, 9, 9], [2, 2, 2], 0.3, 3, isLost: true);
        var process = new DemandProcess.Normal([5, 5, 5], [1, 1, 1]);
        IOrderPolicy policy = isGraph ? new GraphNetwork(network, process, 16, 2, SeedTree.Root(1)) : new SymmetricNetwork(network, process, 16, SeedTree.Root(1));
        var orders = Worlds.Orders(policy, network, [1, 2, 0, 3, 4, 0, 5, 6, 0, 7, 8, 9]);
        var exchanged = Worlds.Orders(policy, network, [5, 6, 0, 1, 2, 0, 3, 4, 0, 7, 8, 9]);
        foreach (var (a, b) in new[] { (0, 1), (1, 2), (2, 0), (3, 3) }) Assert.Equal(orders[a], exchanged[b], 1e-4);
        Assert.True(Math.Abs(orders[0] - orders[1]) > 1e-4);             // and they do see their own stock
    }

    [Fact]
    public void GraphNetwork_StoreOrder_DependsOnItsOwnAndOnOtherStores()
    {
        var network = Worlds.Warehouse();
        var policy = new GraphNetwork(network, Worlds.ThreeStores, 16, 1, SeedTree.Root(1));
        float[] state = [1, 2, 0, 3, 4, 0, 5, 6, 0, 7, 8, 9];
        var before = Worlds.Orders(policy, network, state);
        state[3] += 4;
        Assert.NotEqual(before[0], Worlds.Orders(policy, network, state)[0]);
    }

    [Fact]
    public void GraphNetwork_LeadTimesAndCosts_AreSeen()
    {
        float[] state = [1, 2, 0, 3, 4, 0, 5, 6, 0, 70, 8, 9];
        float[] Orders(int[] leads, double shortage)
        {
            var network = InventoryNetwork.Warehouse([1, 1, 1], [shortage, 9, 9], leads, 0.3, 3, isLost: true);
            return Worlds.Orders(new GraphNetwork(network, Worlds.ThreeStores, 16, 1, SeedTree.Root(1)), network, state);
        }
        var orders = Orders([2, 2, 3], 9);
        Assert.NotEqual(orders[0], Orders([1, 2, 3], 9)[0]);
        Assert.NotEqual(orders[0], Orders([2, 2, 3], 5)[0]);
    }

    [Fact]
    public void BaseStock_PositionAndCap_LimitTheOrder()
    {
        var network = Worlds.Store(4);
        Assert.Equal([7], Worlds.Orders(new BaseStock(network, [20], 5), network, [1, 2, 4, 6]));
        Assert.Equal([0], Worlds.Orders(new BaseStock(network, [10], 5), network, [1, 2, 4, 6]));
        Assert.Equal([5], Worlds.Orders(new BaseStock(network, [20], 5, [5]), network, [1, 2, 4, 6]));
    }

    [Fact]
    public void BaseStock_Echelon_CountsWhatIsBelow()
    {
        var network = InventoryNetwork.Serial([1, 0.5], [2, 2], 9);
        var orders = Worlds.Orders(new BaseStock(network, [10, 25], 5, isEchelon: true), network, [1, 2, 4, 3]);       // store has 3, its echelon above 10
        Assert.Equal(4, orders[0], 1e-4);                                // wants 7, the warehouse has 4
        Assert.Equal(15, orders[1], 1e-4);
    }

    [Fact]
    public void RoundedOrders_Orders_AreWhole()
    {
        var network = Worlds.Store(1);
        Assert.Equal([3], Worlds.Orders(new RoundedOrders(new BaseStock(network, [2.5], 5)), network, [0, 0]));
    }
}
