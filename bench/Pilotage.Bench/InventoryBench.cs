using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Workloads;

namespace Pilotage.Bench;

/// <summary>Seconds until a store's policy is within 1 % of the optimum. One thread, by its processor time. Periods a second: <c>pilotage bench inventory</c>.</summary>
public static class InventoryBench
{
    private const int Periods = 50;

    /// <summary>Updates in blocks of 10, each judged on the same scenarios, until the gap is at most 1 %; only training is timed.</summary>
    /// <returns>One row.</returns>
    public static IReadOnlyList<BenchRow> Run()
    {
        var (network, process) = (InventoryNetwork.Store(4, 1, 9, isLost: false), new DemandProcess.Normal([5], [1.6]));
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
        return [new("store, 32-32, until within 1 % (median of 5)", times[2], "s")];
    }
}
