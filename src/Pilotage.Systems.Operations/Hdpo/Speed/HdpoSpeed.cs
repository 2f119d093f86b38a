using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Periods of all scenarios that a policy is simulated through in a second, without gradients, and with gradient and update.</summary>
internal static class HdpoSpeed
{
    private const int Periods = 50;
    private const int Scenarios = 256;
    private const string Unit = "periods/s";

    /// <summary>A store with a perceptron and with base stock, a chain of four, a warehouse with five stores as a perceptron and as a graph.</summary>
    public static SpeedGroup Group { get; } = new("inventory", "periods of simulated inventory networks", [
        Store("store, 32-32, forward", update => update.Forward()),
        Store("store, 32-32, updated", update => update.Run()),
        .. Pair("base stock", Scenarios, _ => (OneStore, Single, new BaseStock(OneStore, [28], 5))),
        .. Pair("chain of 4", 128, seeds => (Chain, Single, new SerialNetwork(Chain, 5, [64, 64], seeds))),
        .. Pair("warehouse, 5 stores", 32, seeds => (Warehouse, Five, new WarehouseNetwork(Warehouse, [4, 5, 6, 5, 4], [64, 64], seeds))),
        .. Pair("the same as a graph", 32, seeds => (Warehouse, Five, new GraphNetwork(Warehouse, Five, 16, 1, seeds))),
    ]);

    private static InventoryNetwork OneStore => InventoryNetwork.Store(4, 1, 9, isLost: false);

    private static InventoryNetwork Chain => InventoryNetwork.Serial([1, 0.5, 0.2, 0.1], [4, 3, 4, 2], 9);

    private static InventoryNetwork Warehouse => InventoryNetwork.Warehouse([1, 1, 1, 1, 1], [9, 9, 9, 9, 9], [2, 2, 3, 3, 2], 0.3, 3, isLost: true);

    private static DemandProcess Single => new DemandProcess.Normal([5], [1.6]);

    private static DemandProcess Five => new DemandProcess.Normal([4, 5, 6, 5, 4], [1, 2, 2, 1, 2], 0.5);

    private static SpeedCase Store(string name, Action<InventoryUpdate> call) => new(name, Unit, device =>
    {
        var update = new InventoryUpdate(Scenarios, Periods, device);
        return () =>
        {
            call(update);
            return Scenarios * Periods;
        };
    })
    { IsShort = true, RunsOnTorch = true };

    private static IEnumerable<SpeedCase> Pair(string name, int scenarios, Func<SeedTree, (InventoryNetwork Network, DemandProcess Demand, IOrderPolicy Policy)> make)
    {
        yield return new($"{name}, forward", Unit, device =>
        {
            var (network, demand, policy) = make(SeedTree.Root(1));
            var batch = new ScenarioBatch(ScenarioSet.Draw(network, demand, scenarios, Periods, SeedTree.Root(2)), scenarios).FillAll();
            return () =>
            {
                using var step = Step.Begin(device, Gradient.None);
                PathwiseTrainer.Loss(policy, batch).Item();
                return scenarios * Periods;
            };
        });
        yield return new($"{name}, updated", Unit, device =>
        {
            var (network, demand, policy) = make(SeedTree.Root(1));
            var drawn = ScenarioSet.Draw(network, demand, 4 * scenarios, Periods, SeedTree.Root(2));
            var trainer = new PathwiseTrainer(new() { Batch = scenarios, Updates = 1_000_000, Periods = Periods }, policy, drawn, SeedTree.Root(3), device: device);
            return () =>
            {
                trainer.Iterate();
                return scenarios * Periods;
            };
        });
    }
}
