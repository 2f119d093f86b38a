using Pilotage.Systems.Language.R2vpo;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Systems.Language.Tests.R2vpo;

public sealed class RareStringTests
{
    private static RareRule Dual => RareRule.Variance(() => new(1, 0.5, 0.04));

    private static RareFigures Run(RareRule rule, int seed, int limit = 400, double learningRate = 10) => new RareString(learningRate, limit).Run(rule, SeedTree.Root(seed), CancellationToken.None);

    [Fact]
    public void Run_SameSeed_GivesTheSameBits() => Assert.Equal(Run(Dual, 3, 20).Probability, Run(Dual, 3, 20).Probability);

    [Fact(Explicit = true)]
    public void Sweep()
    {
        foreach (var rate in new[] { 1, 3, 10, 30, 100.0 })
            foreach (var (name, rule) in new[] { ("clip", RareRule.Clipped(0.2f, 0.2f)), ("higher", RareRule.Clipped(0.2f, 0.28f)), ("dual", Dual), ("fixed", RareRule.Variance(() => new(0.04, 0, 0.04))), ("none", RareRule.Variance(() => new(0, 0, 0.04))) })
            {
                var runs = Enumerable.Range(1000, 8).Select(seed => Run(rule, seed, 600, rate)).ToList();
                TestContext.Current.TestOutputHelper!.WriteLine($"{rate} {name}: {string.Join(' ', runs.Select(run => run.Steps))}  clip {runs.Average(run => run.ClipFraction):0.000} V {runs.Average(run => run.Variance):0.0000}");
            }
    }
}
