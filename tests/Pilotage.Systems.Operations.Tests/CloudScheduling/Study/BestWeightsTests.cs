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

    [Fact]
    public void ConsolidationValidation_OfTheStaticRule_IsTheSumOfTheWeights_AndNothingIsPaidForMigrationsThatAreNot()
    {
        var settings = new ConsolidationSettings { Hosts = 6, VirtualMachines = 20, Steps = 60 };
        var trace = CpuTrace.Generated(60, 60, SeedTree.Root(2));
        double Cost(IHostPolicy policy) => ConsolidationValidation.Cost(settings, trace, policy, SeedTree.Root(3));
        Assert.Equal(settings.EnergyWeight + settings.OverloadWeight + 1, Cost(new OverloadRule(OverloadKind.Static, settings.Threshold)), 1e-9);
        // With full load not counted, who never migrates pays for energy alone.
        Assert.Equal(Energy(OverloadKind.Never) / Energy(OverloadKind.Static), ConsolidationValidation.Cost(settings with { OverloadWeight = 0, EnergyWeight = 1 }, trace, new OverloadRule(OverloadKind.Never, settings.Threshold), SeedTree.Root(3)), 1e-9);

        double Energy(OverloadKind kind) => Enumerable.Range(0, 4).Sum(day =>
        {
            var random = SeedTree.Root(3).Branch(day).Start();
            return HostDays.Run(new HostFleet(settings), trace.Draw(settings.VirtualMachines, ref random), new OverloadRule(kind, settings.Threshold)).EnergyKwh;
        });
    }
}
