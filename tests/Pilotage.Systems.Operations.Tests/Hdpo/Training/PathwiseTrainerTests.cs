using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Tensors;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Training;

public class PathwiseTrainerTests
{
    private static float Loss(IOrderPolicy policy, ScenarioBatch batch)
    {
        using var step = Step.Begin(gradient: Gradient.None);
        return PathwiseTrainer.Loss(policy, batch).Item();
    }

    [Fact]
    public void Gradient_EveryNetworkAndPolicy_IsTheFiniteDifference()
    {
        foreach (var (name, policy, scenarios) in Worlds.All(count: 64, periods: 12, SeedTree.Root(7)))
        {
            var batch = new ScenarioBatch(scenarios, 64).FillAll();
            var optimizer = new Sgd(policy.Parameters, 1e-30);
            using (Step.Begin()) optimizer.Descend(PathwiseTrainer.Loss(policy, batch));
            var gradient = policy.Parameters.Gradients.ToArray();
            // Along a random direction and along the gradient itself: kinks are smeared by the mean over scenarios.
            var random = new Randomness(11);
            var norm = Math.Sqrt(gradient.Sum(g => (double)g * g));
            Assert.True(norm > 1e-4, $"{name}: the gradient is {norm}");
            foreach (var direction in new[] { gradient.Select(g => g / norm).ToArray(), gradient.Select(g => g == 0 ? 0 : random.NextNormal() / Math.Sqrt(gradient.Length)).ToArray() })
            {
                var origin = policy.Parameters.Values.ToArray();
                const double Radius = 2e-3;
                double At(double step)
                {
                    for (var i = 0; i < origin.Length; i++) policy.Parameters.Values[i] = (float)(origin[i] + step * direction[i]);
                    return Loss(policy, batch);
                }
                var slope = (At(Radius) - At(-Radius)) / (2 * Radius);
                At(0);
                var expected = gradient.Zip(direction, (g, d) => g * d).Sum();
                Assert.True(Math.Abs(slope - expected) < 0.02 * Math.Abs(expected) + 0.01 * norm, $"{name}: {slope} by differences, {expected} by backpropagation, norm {norm}");
            }
        }
    }

    [Fact]
    public void Gradient_BaseStockOverALongRun_IsTheNewsvendorDerivative()
    {
        // d cost / d S = (h + p) P(D_(L+1) < S) - p in the steady state: 0 at S*.
        var network = Worlds.Store(4);
        var set = ScenarioSet.Draw(network, new DemandProcess.Normal([5], [1.6], IsClipped: false), 512, 400, SeedTree.Root(1));
        var batch = new ScenarioBatch(set, 512).FillAll();
        foreach (var (level, expected) in new[] { (27.0, 10 * 0.71194 - 9), (29.585, 0.0), (31.5, 10 * 0.96535 - 9) })
        {
            var policy = new BaseStock(network, [level], 1);
            using (Step.Begin()) new Sgd(policy.Parameters, 1e-30).Descend(PathwiseTrainer.Loss(policy, batch));
            Assert.Equal(expected, policy.Parameters.Gradients[0], 0.06);            // the first periods are not steady
        }
    }

    [Fact]
    public void Run_OneStore_ComesNearTheOptimum()
    {
        var network = Worlds.Store(2);
        var training = ScenarioSet.Draw(network, Worlds.Normal, 1024, 40, SeedTree.Root(1));
        var test = ScenarioSet.Draw(network, Worlds.Normal, 256, 300, SeedTree.Root(2));
        var policy = new StoreNetwork(network, 5, [16, 16], SeedTree.Root(3));
        new PathwiseTrainer(new() { Batch = 128, Updates = 150, LearningRate = 0.02 }, policy, training, SeedTree.Root(4)).Run();
        var best = ScenarioRun.Of(new BaseStock(network, [NewsvendorOptimum.Of(5, 1.6, 2, 1, 9).Level], 5), test, 50).MeanCost;
        Assert.InRange(ScenarioRun.Of(policy, test, 50).MeanCost, best * 0.99, best * 1.05);
    }

    [Fact]
    public void Run_SameSeeds_GiveTheSameBitsAtAnyThreadCount()
    {
        float[] Train(Device device)
        {
            var network = Worlds.Warehouse();
            var policy = new GraphNetwork(network, Worlds.ThreeStores, 8, 1, SeedTree.Root(5));
            var set = ScenarioSet.Draw(network, Worlds.ThreeStores, 32, 10, SeedTree.Root(6));
            var validation = ScenarioSet.Draw(network, Worlds.ThreeStores, 16, 10, SeedTree.Root(7));
            new PathwiseTrainer(new() { Batch = 16, Updates = 6, Periods = 10, ValidationPeriod = 3 }, policy, set, SeedTree.Root(8), validation, device).Run();
            return policy.Parameters.Values.ToArray();
        }
        Assert.Equal(Train(Device.Managed), Train(Device.Processor(2)));
    }

    [Fact]
    public void Iterate_SteadyState_AllocatesNothing()
    {
        foreach (var (name, policy, scenarios) in Worlds.All(count: 16, periods: 6, SeedTree.Root(7)))
        {
            var trainer = new PathwiseTrainer(new() { Batch = 8, Updates = 100 }, policy, scenarios, SeedTree.Root(8));
            Assert.True(Allocations.Fewest(() => trainer.Iterate()) == 0, name);
        }
    }

    [Fact]
    public void Run_Validation_KeepsTheBestNetwork()
    {
        // One scenario to learn from, with a step so long that the last network is not the best one.
        var network = Worlds.Store(1);
        var set = ScenarioSet.Draw(network, Worlds.Normal, 4, 10, SeedTree.Root(1));
        var validation = ScenarioSet.Draw(network, Worlds.Normal, 64, 10, SeedTree.Root(2));
        double Cost(int period)
        {
            var policy = new StoreNetwork(network, 5, [8], SeedTree.Root(3));
            new PathwiseTrainer(new() { Batch = 4, Updates = 40, LearningRate = 0.5, ValidationPeriod = period }, policy, set, SeedTree.Root(4), validation).Run();
            return ScenarioRun.Of(policy, validation, 0).MeanCost;
        }
        Assert.True(Cost(1) < Cost(0));
    }
}
