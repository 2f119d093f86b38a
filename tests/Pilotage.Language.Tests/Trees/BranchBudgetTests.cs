using Pilotage.Language.Trees;
using Xunit;

namespace Pilotage.Language.Tests.Trees;

public sealed class BranchBudgetTests
{
    [Fact]
    public void Uniform_SevenOverThree_GivesTheRemainderToTheLast() => Assert.Equal([2, 2, 3], Uniform(7, 3));

    [Fact]
    public void Total_PassesOnWhatStoppedPathsHadComing()
    {
        Assert.Equal(6, BranchBudget.Total(remaining: 6, branching: 2, active: 3, stopped: 1));
        Assert.Equal(8, BranchBudget.Total(remaining: 20, branching: 2, active: 3, stopped: 1));
    }

    [Fact]
    public void Softmax_EqualScores_IsAsEvenAsCanBe()
    {
        Assert.Equal([3, 2, 2], Softmax(7, [1, 1, 1], 2));
        Assert.Equal([2, 2, 2], Softmax(6, [1, 1, 1], 2));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Softmax_AnyScores_KeepsOneForEachAndAddsUp(double temperature)
    {
        var random = new Randomness(3);
        for (var draw = 0; draw < 200; draw++)
        {
            double[] scores = [.. Enumerable.Range(0, 1 + random.NextInt(9)).Select(_ => 10 * random.NextNormal())];
            var total = scores.Length + random.NextInt(20);
            var counts = Softmax(total, scores, temperature);
            Assert.All(counts, count => Assert.True(count >= 1));
            Assert.Equal(total, counts.Sum());
        }
    }

    [Fact]
    public void Softmax_LargerScore_GetsMore()
    {
        // Four beside one each: shares 4 e / (e + 1) = 2.92 and 1.08 at temperature 1.
        Assert.Equal([4, 2], Softmax(6, [1, 0], 1));
        Assert.Equal([5, 1], Softmax(6, [1, 0], 0.01));
    }

    [Fact]
    public void Budget_FewerThanPaths_IsRefused()
    {
        Assert.Contains("2 children for 3 paths", Assert.Throws<ArgumentException>(() => Uniform(2, 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Softmax(1, [0, 0], 1));
        Assert.Throws<ArgumentException>(() => Softmax(3, [0, 0], 0));
    }

    private static int[] Uniform(int total, int paths)
    {
        var counts = new int[paths];
        BranchBudget.Uniform(total, counts);
        return counts;
    }

    private static int[] Softmax(int total, double[] scores, double temperature)
    {
        var counts = new int[scores.Length];
        BranchBudget.Softmax(total, scores, temperature, counts);
        return counts;
    }
}
