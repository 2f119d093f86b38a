using Pilotage.Credit;
using Xunit;

namespace Pilotage.Tests.Credit;

public sealed class SubgroupScoresTests
{
    /// <summary>q#a#x, q#a#y, q#b#x, q#b#y: levels root and child.</summary>
    private static readonly int[] TwoByTwo = [0, 1, 0, 1, 0, 2, 0, 2];

    [Fact]
    public void Of_FourLeavesOfTwoChildren_IsTheWorkedExample()
    {
        Assert.Equal([0.625f, -0.375f, -0.125f, -0.125f], Of([1, 0, 0, 0], TwoByTwo, 2, SubgroupWeighting.Average));
        Assert.Equal([2f / 3, -1f / 3, -1f / 6, -1f / 6], Of([1, 0, 0, 0], TwoByTwo, 2, SubgroupWeighting.Size), Near);
        Assert.Equal([0.5f, -0.5f, 0, 0], Of([1, 0, 0, 0], TwoByTwo, 2, SubgroupWeighting.NoRoot));
    }

    [Theory]
    [InlineData(SubgroupWeighting.Average)]
    [InlineData(SubgroupWeighting.Size)]
    [InlineData(SubgroupWeighting.NoRoot)]
    public void Of_AllLeavesChildrenOfTheRoot_IsTheCentredReward(SubgroupWeighting weighting)
    {
        Assert.Equal([0.75f, -0.25f, -0.25f, -0.25f], Of([1, 0, 0, 0], [0, 0, 0, 0], 1, weighting));
    }

    [Fact]
    public void Of_LeavesOfEqualDepth_AddUpToZero()
    {
        var random = new Randomness(5);
        float[] rewards = [.. Enumerable.Range(0, 12).Select(_ => (float)random.NextNormal())];
        int[] ancestors = [.. Enumerable.Range(0, 12).SelectMany(i => new[] { 0, 1 + i / 6, 3 + i / 3 })];

        Assert.Equal(0, Of(rewards, ancestors, 3, SubgroupWeighting.Average).Sum(), 1e-5);
    }

    [Theory]
    [InlineData(SubgroupWeighting.Average)]
    [InlineData(SubgroupWeighting.Size)]
    [InlineData(SubgroupWeighting.NoRoot)]
    public void Of_EqualRewards_AreZeroAndConstantsDoNotMatterAndFactorsDo(SubgroupWeighting weighting)
    {
        float[] rewards = [1, 0, 2, 0.5f];
        var plain = Of(rewards, TwoByTwo, 2, weighting);

        Assert.All(Of([3, 3, 3, 3], TwoByTwo, 2, weighting), advantage => Assert.Equal(0, advantage));
        Assert.Equal(plain, Of([.. rewards.Select(reward => reward + 4)], TwoByTwo, 2, weighting), Near);
        Assert.Equal(plain.Select(advantage => 3 * advantage), Of([.. rewards.Select(reward => 3 * reward)], TwoByTwo, 2, weighting), Near);
    }

    [Fact]
    public void Of_LevelWithOneLeaf_IsLeftOutButTheRoots()
    {
        // The second leaf is alone below the root: only the root counts. Leaves of different depths.
        Assert.Equal([0.5f, -0.5f], Of([1, 0], [0, -1, 0, 1], 2, SubgroupWeighting.Average));
        Assert.Equal([0.7f], Of([0.7f], [0, 1], 2, SubgroupWeighting.Average));
    }

    [Fact]
    public void Of_SkipsLevelSubgroups_CountsTheRootAlone() =>
        Assert.Equal([0.625f, -0.375f, -0.25f, -0.25f], Of([1, 0, 0, 0], TwoByTwo, 2, SubgroupWeighting.Average, skipsLevel: true));

    [Fact]
    public void Of_ShapesThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => SubgroupScores.Of([], [], 1, SubgroupWeighting.Average, []));
        Assert.Throws<ArgumentException>(() => SubgroupScores.Of([1], [0, 0, 0], 2, SubgroupWeighting.Average, new float[1]));
        Assert.Throws<ArgumentException>(() => SubgroupScores.Of([1], [-1], 1, SubgroupWeighting.Average, new float[1]));
    }

    private static IEqualityComparer<float> Near { get; } = EqualityComparer<float>.Create((a, b) => Math.Abs(a - b) < 1e-6, _ => 0);

    private static float[] Of(float[] rewards, int[] ancestors, int levels, SubgroupWeighting weighting, bool skipsLevel = false)
    {
        var advantages = new float[rewards.Length];
        SubgroupScores.Of(rewards, ancestors, levels, weighting, advantages, skipsLevel);
        return advantages;
    }
}
