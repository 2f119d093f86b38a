using Pilotage.Credit;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Credit;

public sealed class GroupScoresTests
{
    [Fact]
    public void Standardize_ThreeOfEightRight_IsTheExampleByHand()
    {
        // Mean 3/8; sample deviation sqrt(15/8 / 7) = 0.517549; + 1e-6.
        var advantages = new float[8];
        GroupScores.Standardize([1, 0, 1, 0, 0, 1, 0, 0], advantages);
        foreach (var i in new[] { 0, 2, 5 }) Assert.Equal(1.207612f, advantages[i], 1e-6f);
        foreach (var i in new[] { 1, 3, 4, 6, 7 }) Assert.Equal(-0.724567f, advantages[i], 1e-6f);
    }

    [Fact]
    public void Standardize_PopulationDeviation_DividesByN()
    {
        // Mean 1/2; population deviation 1/2 where the sample's is sqrt(1/3).
        var (population, sample) = (new float[4], new float[4]);
        GroupScores.Standardize([1, 0, 0, 1], population, population: true);
        GroupScores.Standardize([1, 0, 0, 1], sample);
        Assert.Equal(0.5 / 0.500001, population[0], 1e-6);
        Assert.Equal(0.5 / (Math.Sqrt(1 / 3.0) + 1e-6), sample[0], 1e-6);
    }

    [Fact]
    public void Centre_TwoOfFour_IsHalfAbove()
    {
        var advantages = new float[4];
        GroupScores.Centre([1, 0, 0, 1], advantages);
        Assert.Equal([0.5f, -0.5f, -0.5f, 0.5f], advantages);
    }

    [Fact]
    public void LeaveOneOut_OneOfFour_ComparesWithTheOthers()
    {
        var advantages = new float[4];
        GroupScores.LeaveOneOut([1, 0, 0, 0], advantages);
        Assert.Equal(1, advantages[0], 1e-6);
        Assert.Equal(-1 / 3.0, advantages[1], 1e-6);
        Assert.Throws<ArgumentException>(() => GroupScores.LeaveOneOut([1], new float[1]));
    }

    [Theory]
    [InlineData(new[] { 1f, 0, 0, 0, 0, 0 }, 2)]                // one positive, one negative stays
    [InlineData(new[] { 1f, 1, 0, 0, 0, 0 }, 4)]
    [InlineData(new[] { 1f, 1, 1, 0, 0 }, 5)]                   // positives outnumber: nothing goes
    [InlineData(new[] { 0.1f, 0.1f, 0.1f }, 3)]                 // equal rewards are all at the mean
    public void Balance_KeepsAsManyBelowTheMeanAsOthers(float[] rewards, int expected)
    {
        var kept = new bool[rewards.Length];
        var random = SeedTree.Root(3).Start();
        GroupScores.Balance(rewards, ref random, kept);
        Assert.Equal(expected, kept.Count(stays => stays));
        for (var i = 0; i < rewards.Length; i++) Assert.True(kept[i] || rewards[i] == 0);
    }

    [Fact]
    public void Balance_DropsEachNegativeEquallyOften()
    {
        var (kept, dropped, random) = (new bool[4], new int[4], SeedTree.Root(1).Start());
        for (var i = 0; i < 3000; i++)
        {
            GroupScores.Balance([0, 1, 0, 0], ref random, kept);
            for (var k = 0; k < 4; k++) dropped[k] += kept[k] ? 0 : 1;
        }
        Assert.Equal(0, dropped[1]);
        foreach (var k in new[] { 0, 2, 3 }) Assert.InRange(dropped[k], 1850, 2150);      // 2 of 3 go: 2000 +- 5.8 deviations
    }

    [Fact]
    public void AroundMedian_Majority_GetsExactlyZero()
    {
        var scores = new float[8];
        GroupScores.AroundMedian([1, 0, 1, 0, 0, 1, 0, 0], 1e-4, scores);
        Assert.Equal(0, scores[1]);
        Assert.Equal(1 / 0.5175501 / 1e-4, scores[0], 1.0);
    }

    [Fact]
    public void AroundMedian_EvenGroup_LiesBetweenTheTwoInTheMiddle()
    {
        var scores = new float[4];
        GroupScores.AroundMedian([5, 1, 2, 4], 1, scores);
        var deviation = Math.Sqrt(10.0 / 3);
        Assert.Equal((5 - 3) / deviation, scores[0], 1e-5);
        Assert.Equal((2 - 3) / deviation, scores[2], 1e-5);
    }

    [Theory]
    [InlineData(1f, 1f, 1f)]
    [InlineData(0.25f)]
    public void EqualRewardsOrOne_GiveZero(params float[] rewards)
    {
        var (advantages, scores) = (new float[rewards.Length], new float[rewards.Length]);
        GroupScores.Standardize(rewards, advantages);
        GroupScores.AroundMedian(rewards, 1e-4, scores);
        Assert.All(advantages.Concat(scores), value => Assert.Equal(0, value));
    }

    [Fact]
    public void LargeGroup_IsSortedToo()
    {
        float[] rewards = [.. Enumerable.Range(0, 301).Select(i => (float)(i * 2 % 301))];
        var scores = new float[301];
        GroupScores.AroundMedian(rewards, 1, scores);
        Assert.Equal(0, scores[Array.IndexOf(rewards, 150f)]);
    }

    [Fact]
    public void Scores_AllocateNothing()
    {
        float[] rewards = [1, 2, 3, 4], results = new float[4];
        Assert.Equal(0, Allocations.Fewest(() => GroupScores.AroundMedian(rewards, 1e-4, results), repetitions: 10, warmUp: 3));
    }

    [Fact]
    public void BadInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => GroupScores.Standardize([], []));
        Assert.Throws<ArgumentException>(() => GroupScores.Standardize([1, 2], new float[3]));
        Assert.Throws<ArgumentException>(() => GroupScores.AroundMedian([1, 2], 0, new float[2]));
        Assert.Throws<ArgumentException>(() => GroupScores.AroundMedian([1, 2], double.NaN, new float[2]));
    }
}
