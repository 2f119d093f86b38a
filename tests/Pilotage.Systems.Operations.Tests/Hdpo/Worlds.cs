using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Tests.Hdpo;

/// <summary>Small networks and ways of looking into them.</summary>
internal static class Worlds
{
    public static readonly DemandProcess Normal = new DemandProcess.Normal([5], [1.6]);

    public static readonly DemandProcess ThreeStores = new DemandProcess.Normal([4, 5, 6], [1, 1.5, 2], 0.5);

    public static InventoryNetwork Store(int leadTime = 4, double shortage = 9, bool isLost = false) => InventoryNetwork.Store(leadTime, 1, shortage, isLost);

    public static InventoryNetwork Chain() => InventoryNetwork.Serial([1, 0.5, 0.2, 0.1], [4, 3, 4, 2], 9);

    public static InventoryNetwork Warehouse(bool isLost = true, bool isTransshipment = false) =>
        InventoryNetwork.Warehouse([1, 1, 1], [9, 9, 9], [2, 2, 3], 0.3, 3, isLost, isTransshipment);

    public static InventoryNetwork TwoWarehouses() => new(
        [new("a", true, 1, 9), new("b", true, 1, 9), new("east", false, 0.3), new("west", false, 0.4)],
        [new(2, 0, 1, 0.5), new(2, 1, 3, 0.5), new(3, 0, 4, 1.5), new(3, 1, 2, 1.5), new(Route.Supplier, 2, 3), new(Route.Supplier, 3, 5)], isLost: true);

    /// <summary>Every kind of network with a policy for it.</summary>
    public static IEnumerable<(string Name, IOrderPolicy Policy, ScenarioSet Scenarios)> All(int count, int periods, SeedTree seeds)
    {
        (string Name, InventoryNetwork Network, DemandProcess Process, Func<InventoryNetwork, DemandProcess, IOrderPolicy> Make)[] cases =
        [
            ("store, backlog", Store(), Normal, (n, _) => new StoreNetwork(n, 5, [8], seeds)),
            ("store, lost", Store(2, isLost: true), new DemandProcess.Poisson(5), (n, _) => new StoreNetwork(n, 5, [8], seeds)),
            ("base stock", Store(1), Normal, (n, _) => new BaseStock(n, [12], 5)),
            ("capped base stock", Store(2, isLost: true), Normal, (n, _) => new BaseStock(n, [14], 5, [6])),
            ("chain", Chain(), Normal, (n, _) => new SerialNetwork(n, 5, [8], seeds)),
            ("echelon stock", Chain(), Normal, (n, _) => new BaseStock(n, [32, 49, 72, 83], 5, isEchelon: true)),
            ("warehouse", Warehouse(), ThreeStores, (n, _) => new WarehouseNetwork(n, [4, 5, 6], [8], seeds)),
            ("warehouse base stock", Warehouse(), ThreeStores, (n, _) => new BaseStock(n, [14, 17, 25, 60], 5)),
            ("warehouse echelon stock", Warehouse(), ThreeStores, (n, _) => new BaseStock(n, [14, 17, 25, 110], 5, isEchelon: true)),
            ("warehouse graph", Warehouse(), ThreeStores, (n, p) => new GraphNetwork(n, p, 8, 1, seeds)),
            ("warehouse symmetric", Warehouse(), ThreeStores, (n, p) => new SymmetricNetwork(n, p, 8, seeds)),
            ("transshipment", Warehouse(isLost: false, isTransshipment: true), ThreeStores, (n, p) => new GraphNetwork(n, p, 8, 1, seeds)),
            ("transshipment by softmax", Warehouse(isLost: false, isTransshipment: true), ThreeStores, (n, _) => new WarehouseNetwork(n, [4, 5, 6], [8], seeds)),
            ("two warehouses", TwoWarehouses(), new DemandProcess.Normal([5, 4], [1, 2]), (n, p) => new GraphNetwork(n, p, 8, 2, seeds)),
            ("two warehouses, perceptron", TwoWarehouses(), new DemandProcess.Normal([5, 4], [1, 2]), (n, _) => new WarehouseNetwork(n, [5, 4], [8], seeds)),
        ];
        foreach (var (name, network, process, make) in cases) yield return (name, make(network, process), ScenarioSet.Draw(network, process, count, periods, seeds.Branch(name)));
    }

    /// <summary>Orders of one frame.</summary>
    public static float[] Orders(IOrderPolicy policy, InventoryNetwork network, float[] state)
    {
        var count = state.Length / (network.Count * network.Width);
        var batch = new ScenarioBatch(new ScenarioSet(network, new float[count * network.StoreCount], state, 1), count).FillAll();
        using var step = Step.Begin(gradient: Gradient.None);
        var orders = new float[count * network.Routes.Count];
        policy.Orders(new InventoryFrame(Tensor.From(state, count, network.Count, network.Width), batch, 0)).CopyTo(orders);
        return orders;
    }

    /// <summary>Orders whatever it is told, the same in every scenario and period.</summary>
    internal sealed class Fixed(params float[] orders) : IOrderPolicy
    {
        public Parameters Parameters { get; } = new();

        public Tensor Orders(in InventoryFrame frame) => Tensor.From(orders, 1, orders.Length).Expand(frame.Count, orders.Length);
    }
}
