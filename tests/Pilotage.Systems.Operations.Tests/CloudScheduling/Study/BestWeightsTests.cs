using Pilotage.Algorithms;
using Pilotage.Systems.Operations.CloudScheduling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Study;

public class BestWeightsTests
{
    [Fact]
    public void Restore_GivesBackTheWeightsOfTheLeastCost_AndThePolicyActsWithThem()
    {
        var world = new AssignmentWorld(new() { Tasks = 5 }, 0.5);
        var learner = new Ppo(new() { EnvironmentCount = 1, Hidden = [4] }, ClusterEnvironment.Rows(1, world, new MachineView(world), new(1), SeedTree.Root(1)), SeedTree.Root(1));
        var best = new BestWeights(learner);
        foreach (var cost in new[] { 3.0, 1, 1, 2 })
        {
            foreach (var block in learner.Weights) block.Values.Span.Fill((float)(cost == 1 && best.Cost == 1 ? 9 : cost));
            best.Look(cost);
        }
        best.Restore();
        Assert.Equal(1, best.Cost);
        Assert.All(learner.Weights.SelectMany(block => block.Values.ToArray()), value => Assert.Equal(1, value));      // the first of equal ones
    }
}
