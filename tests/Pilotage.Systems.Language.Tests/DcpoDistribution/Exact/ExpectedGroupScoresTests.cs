using Pilotage.Credit;
using Pilotage.Systems.Language.DcpoDistribution;
using Xunit;

namespace Pilotage.Systems.Language.Tests.DcpoDistribution.Exact;

public sealed class ExpectedGroupScoresTests
{
    [Fact]
    public void Of_GroupOfTwo_IsByHand()
    {
        // With probability 1 - p the other is wrong: A = 0.5 / sqrt(0.5) = 0.7071; else 0.
        var (right, wrong) = ExpectedGroupScores.Of(0.25, 2);
        Assert.Equal(0.75 * Math.Sqrt(0.5), right, 1e-5);
        Assert.Equal(-0.25 * Math.Sqrt(0.5), wrong, 1e-5);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void Of_DrawnGroups_IsTheirMean(double share)
    {
        const int groups = 40_000;
        var random = SeedTree.Root(1).Start();
        var (sums, counts, rewards, advantages) = (new double[2], new int[2], new float[8], new float[8]);
        for (var i = 0; i < groups; i++)
        {
            for (var j = 0; j < 8; j++) rewards[j] = random.NextDouble() < share ? 1 : 0;
            GroupScores.Standardize(rewards, advantages);
            sums[(int)rewards[0]] += advantages[0];
            counts[(int)rewards[0]]++;
        }
        var (right, wrong) = ExpectedGroupScores.Of(share, 8);
        Assert.Equal(right, sums[1] / counts[1], 6 / Math.Sqrt(counts[1]));        // deviations are near 1: six standard errors
        Assert.Equal(wrong, sums[0] / counts[0], 6 / Math.Sqrt(counts[0]));
        Assert.Equal(0, share * right + (1 - share) * wrong, 1e-12);
    }

    [Fact]
    public void Of_CertainShares_AreZero()
    {
        Assert.Equal(0, ExpectedGroupScores.Of(1, 8).Right);
        Assert.Equal(0, ExpectedGroupScores.Of(0, 8).Wrong);
    }

    [Fact]
    public void Of_Function_IsAveragedInstead()
    {
        var (right, wrong) = ExpectedGroupScores.Of(0.3, 8, advantage => 2 * advantage + 1);
        var plain = ExpectedGroupScores.Of(0.3, 8);
        Assert.Equal(2 * plain.Right + 1, right, 1e-12);
        Assert.Equal(2 * plain.Wrong + 1, wrong, 1e-12);
    }

    [Fact]
    public void OfPopulation_IsTheLimitOfLargeGroups()
    {
        var (right, wrong) = ExpectedGroupScores.Of(0.3, 400);
        Assert.Equal(ExpectedGroupScores.OfPopulation(0.3).Right, right, 5e-3);
        Assert.Equal(ExpectedGroupScores.OfPopulation(0.3).Wrong, wrong, 5e-3);
        Assert.Equal(0.7 / Math.Sqrt(0.21), ExpectedGroupScores.OfPopulation(0.3).Right, 1e-4);
    }
}
