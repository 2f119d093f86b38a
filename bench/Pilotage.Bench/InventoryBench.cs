using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Tensors;
using Pilotage.Workloads;

namespace Pilotage.Bench;

/// <summary>Periods x scenarios per second of inventory networks, forward and with gradient and update; seconds until a store's policy is within 1 % of the optimum. One thread, by its processor time.</summary>
public static class InventoryBench
{
    private const double Seconds = 2;
    private const int Periods = 50;
    private const int WaitForCompiler = 200;             // milliseconds: its last tier comes while the work rests

    /// <summary>Measures all cases.</summary>
    /// <returns>One row per case.</returns>
    public static IReadOnlyList<BenchRow> Run()
    {
        var store = InventoryNetwork.Store(4, 1, 9, isLost: false);
        var chain = InventoryNetwork.Serial([1, 0.5, 0.2, 0.1], [4, 3, 4, 2], 9);
        var warehouse = InventoryNetwork.Warehouse([1, 1, 1, 1, 1], [9, 9, 9, 9, 9], [2, 2, 3, 3, 2], 0.3, 3, isLost: true);
        var (one, five) = (new DemandProcess.Normal([5], [1.6]), new DemandProcess.Normal([4, 5, 6, 5, 4], [1, 2, 2, 1, 2], 0.5));
        return
        [
            .. Rows("store, base stock", store, one, 256, _ => new BaseStock(store, [28], 5)),
            .. Rows("store, 32-32", store, one, 256, seeds => new StoreNetwork(store, 5, [32, 32], seeds)),
            .. Rows("chain of 4, 64-64", chain, one, 128, seeds => new SerialNetwork(chain, 5, [64, 64], seeds)),
            .. Rows("warehouse and 5 stores, 64-64", warehouse, five, 32, seeds => new WarehouseNetwork(warehouse, [4, 5, 6, 5, 4], [64, 64], seeds)),
            .. Rows("warehouse and 5 stores, graph 16", warehouse, five, 32, seeds => new GraphNetwork(warehouse, five, 16, 1, seeds)),
            ToOnePercent(store, one),
        ];
    }

    private static IEnumerable<BenchRow> Rows(string name, InventoryNetwork network, DemandProcess process, int batch, Func<SeedTree, IOrderPolicy> make)
    {
        var policy = make(SeedTree.Root(1));
        var set = ScenarioSet.Draw(network, process, 4 * batch, Periods, SeedTree.Root(2));
        var scenarios = new ScenarioBatch(set, batch).FillAll();
        var trainer = new PathwiseTrainer(new() { Batch = batch, Updates = 1_000_000, Periods = Periods }, policy, set, SeedTree.Root(3));
        yield return Measure($"{name}, forward", batch * Periods, () =>
        {
            using var step = Step.Begin(gradient: Gradient.None);
            PathwiseTrainer.Loss(policy, scenarios).Item();
        });
        yield return Measure($"{name}, gradient and update", batch * Periods, () => trainer.Iterate());
    }

    // Updates in blocks of 10, each judged on the same scenarios, until the gap is at most 1 %; only training is timed.
    private static BenchRow ToOnePercent(InventoryNetwork network, DemandProcess process)
    {
        var times = new List<double>();
        var level = NewsvendorOptimum.Of(5, 1.6, 4, 1, 9).Level;
        for (var seed = 0; seed < 5; seed++)
        {
            var seeds = SeedTree.Root(seed);
            var test = ScenarioSet.Draw(network, process, 512, 500, seeds.Validation);
            var bar = 1.01 * ScenarioRun.Of(new BaseStock(network, [level], 5), test, 100).MeanCost;
            var policy = new StoreNetwork(network, 5, [32, 32], seeds);
            var trainer = new PathwiseTrainer(new() { Updates = 300, LearningRate = 0.02 }, policy, ScenarioSet.Draw(network, process, 4096, Periods, seeds.Environments), seeds);
            var seconds = 0.0;
            do
            {
                var start = ProcessorClock.Seconds;
                for (var i = 0; i < 10; i++) trainer.Iterate();
                seconds += ProcessorClock.Seconds - start;
            }
            while (trainer.Updates < 300 && ScenarioRun.Of(policy, test, 100).MeanCost > bar);
            times.Add(seconds);
        }
        times.Sort();
        return new("store, 32-32, until within 1 % (median of 5)", times[2], "s");
    }

    private static BenchRow Measure(string name, double units, Action run)
    {
        for (var start = ProcessorClock.Seconds; ProcessorClock.Seconds - start < Seconds / 2;) run();
        Thread.Sleep(WaitForCompiler);
        var rates = new List<double>();
        for (var start = ProcessorClock.Seconds; ProcessorClock.Seconds - start < Seconds;)
        {
            var one = ProcessorClock.Seconds;
            run();
            rates.Add(units / (ProcessorClock.Seconds - one));
        }
        rates.Sort();
        return new(name, rates[rates.Count / 2], "periods/s");
    }
}
