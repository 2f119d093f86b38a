using Pilotage.Language.Evaluation;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Tasks.Countdown;
using Xunit;

namespace Pilotage.Language.Tests.Evaluation;

public sealed class AnswerRatesTests
{
    [Theory]
    [InlineData(1, 4, 1, 0.25)]
    [InlineData(2, 4, 1, 0.5)]
    [InlineData(2, 4, 2, 5.0 / 6)]
    [InlineData(3, 4, 2, 1)]
    [InlineData(4, 4, 0, 0)]
    [InlineData(4, 4, 1, 1)]
    [InlineData(64, 4, 1, 1)]
    [InlineData(1, 1, 1, 1)]
    public void PassAt_ByHand(int k, int n, int c, double expected) => Assert.Equal(expected, AnswerRates.PassAt(k, n, c), 1e-12);

    [Fact]
    public void PassAt_IsTheShareOfSubsetsThatHoldACorrectAnswer()
    {
        for (var n = 1; n <= 9; n++)
        {
            for (var c = 0; c <= n; c++)
            {
                for (var k = 1; k <= n; k++)
                {
                    var subsets = Enumerable.Range(0, 1 << n).Where(set => int.PopCount(set) == k).ToArray();
                    Assert.Equal(subsets.Average(set => (set & ((1 << c) - 1)) != 0 ? 1.0 : 0), AnswerRates.PassAt(k, n, c), 1e-12);
                }
            }
        }
    }

    [Fact]
    public void PassAt_Limits()
    {
        Assert.Equal(0.3, AnswerRates.PassAt(1, 100_000, 30_000), 1e-12);
        // With many answers drawn, the chance of independent tries.
        Assert.Equal(1 - Math.Pow(0.99, 64), AnswerRates.PassAt(64, 10_000_000, 100_000), 1e-5);
        Assert.Throws<ArgumentException>(() => AnswerRates.PassAt(1, 4, 5));
        Assert.Throws<ArgumentException>(() => AnswerRates.PassAt(0, 4, 1));
    }

    [Theory]
    [InlineData(1, "aab", 2.0 / 3)]          // a alone is correct
    [InlineData(3, "aab", 1)]
    [InlineData(3, "abb", 0)]
    [InlineData(2, "ab", 0.5)]               // a tie
    [InlineData(4, "abcd", 0.25)]
    [InlineData(3, "aabbba", 0.5)]           // two votes
    [InlineData(3, "aabb", 1)]               // the rest is left out
    [InlineData(8, "aab", 1)]
    public void MajorityAt_ByHand(int k, string answers, double expected) =>
        Assert.Equal(expected, AnswerRates.MajorityAt(k, [.. answers.Select(answer => answer.ToString())], [.. answers.Select(answer => answer == 'a')]), 1e-12);

    [Fact]
    public void MajorityAt_WhatDoesNotFit_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => AnswerRates.MajorityAt(1, ["a"], []));
        Assert.Throws<ArgumentException>(() => AnswerRates.MajorityAt(1, [], []));
        Assert.Throws<ArgumentException>(() => AnswerRates.MajorityAt(0, ["a"], [true]));
    }

    [Fact]
    public void DistinctSolutions_CountsCorrectOnesByKey()
    {
        var task = new CountdownTask(new());
        string[] texts = ["3 5 + 2 *", "2 5 3 + *", "2 3 * 2 5 * +", "3 2 * 5 2 * +", "3 5 +"];
        var group = new ResponseGroup(new("p", "nums 3 5 2 to 16 :", "3 5 2 to 16"), [1], [.. texts.Select((text, i) => new GroupResponse([1], [0], FinishReason.Ended, i < 2 ? 1 : 0) { Text = text })], 0);
        Assert.Equal(1, AnswerRates.DistinctSolutions(task, group));
    }
}
