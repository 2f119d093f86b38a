using Pilotage.Systems.Language.R2vpo;
using Xunit;

namespace Pilotage.Systems.Language.Tests.R2vpo;

public sealed class RareStringTests
{
    private static readonly RareRule Clip = RareRule.Clipped(0.2f, 0.2f);
    private static readonly RareRule Dual = RareRule.Variance(() => new(1, 0.5, 0.04));
    private static readonly RareRule Free = RareRule.Variance(() => new(0, 0, 0.04));

    private static RareFigures Run(RareRule rule, int seed, int limit = 60, double learningRate = 3) => new RareString(learningRate, limit).Run(rule, SeedTree.Root(seed), CancellationToken.None);

    [Fact]
    public void Run_SameSeed_GivesTheSameBits() => Assert.Equal(Run(Dual, 3, 20).Probability, Run(Dual, 3, 20).Probability);

    [Fact]
    public void Run_BeforeAnySuccess_LeavesEverythingAsItIs()
    {
        // One in a thousand, 256 a batch: the first batch of this seed has none, so there is no advantage, no ratio and no gradient.
        var figures = Run(Clip, 5, limit: 1);
        Assert.Equal(0.001, figures.Probability[0], 1e-8);
        Assert.Equal(0, figures.Variance);
        Assert.Equal(0, figures.ClipFraction);
    }

    [Fact]
    public void Run_WithoutAClip_TakesFewerBatches()
    {
        var (clip, dual, free) = (Enumerable.Range(40, 4).Sum(seed => Run(Clip, seed).Steps), Enumerable.Range(40, 4).Sum(seed => Run(Dual, seed).Steps), Enumerable.Range(40, 4).Sum(seed => Run(Free, seed).Steps));
        Assert.True(dual < clip, $"{dual} against {clip}");
        Assert.True(free < clip, $"{free} against {clip}");
    }

    [Fact]
    public void Run_Bound_MovesLessThanNothing() => Assert.True(Run(Dual, 41).Variance < Run(Free, 41).Variance);
}
