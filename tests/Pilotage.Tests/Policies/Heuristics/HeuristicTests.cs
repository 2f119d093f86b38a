using Pilotage.Environments;
using Pilotage.Evaluation;
using Xunit;

namespace Pilotage.Tests.Policies.Heuristics;

public sealed class HeuristicTests
{
    // Bars that separate a working rule from a silly one; seeds are evaluation seeds, constants were set on validation seeds.
    [Theory]
    [InlineData("CartPole-v1", 475)]
    [InlineData("CartPole-v0", 195)]
    [InlineData("CartPoleMaskedVelocity-v1", 475)]
    [InlineData("FlickeringCartPole-v1", 475)]
    [InlineData("Pendulum-v1", -300)]
    [InlineData("Acrobot-v1", -110)]
    [InlineData("MountainCar-v0", -125)]
    [InlineData("MountainCarContinuous-v0", 90)]
    public void Heuristic_HundredEpisodes_ClearsItsBar(string name, double bar)
    {
        var entry = EnvironmentCatalog.Find(name);
        var returns = PolicyEvaluation.Run(entry.CreateHeuristic(), entry.Create, episodes: 100, SeedTree.Root(1).Evaluation);

        Assert.Equal(100, returns.Count);
        Assert.True(returns.Mean >= bar, $"mean {returns.Mean}");
    }
}
