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
