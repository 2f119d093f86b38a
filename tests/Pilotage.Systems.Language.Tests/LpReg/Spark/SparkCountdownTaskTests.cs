using Pilotage.Language.Tasks;
using Pilotage.Systems.Language.LpReg.Spark;
using Xunit;

namespace Pilotage.Systems.Language.Tests.LpReg.Spark;

public sealed class SparkCountdownTaskTests
{
    private static readonly SparkCountdownTask Task = new(new());
    private static readonly TextProblem Problem = new("p", "nums 3 5 2 to 16 :", "3 5 2 to 16");

    [Theory]
    [InlineData("3 5 + 2 *", 1)]
    [InlineData("3 5 2 + wait 3 5 + 2 *", 1)]
    [InlineData("3 3 wait 5 3 + 2 *", 1)]                      // what was thrown away may even be nonsense
    [InlineData("wait wait 3 5 + 2 *", 1)]
    [InlineData("wait wait wait 3 5 + 2 *", 0)]                // twice at most
    [InlineData("3 5 + 2 * wait", 0)]
    [InlineData("noise-3 wait 3 5 + 2 *", 0)]                  // a word without meaning spoils the whole answer
    [InlineData("3 5 + noise-12 2 *", 0)]
    [InlineData("3 5 + 2 +", 0)]
    [InlineData("3 5 +", 0)]
    [InlineData("", 0)]
    public void Verify_Answer_IsJudgedBehindTheLastWait(string response, double reward) => Assert.Equal(reward, Task.Verify(Problem, response));

    [Theory]
    [InlineData("", false)]
    [InlineData("3", false)]
    [InlineData("3 5 +", false)]
    [InlineData("3 5 -", true)]                                // -2 with 2: 0, -4, -1
    [InlineData("3 5 2 +", true)]                              // 3 with 7: 10, -4, 21, 3/7
    [InlineData("3 5 2", true)]                                // 5 and 2 come together first: 7, 3, 10 or 5/2 with 3
    [InlineData("5 3 2", true)]
    [InlineData("2 3 5", false)]                               // 3 5 + then *
    [InlineData("3 3", true)]
    [InlineData("3 5 + 2 *", false)]
    [InlineData("3 5 - wait", false)]
    [InlineData("3 5 - wait 5 2 -", true)]
    public void IsLost_Beginning_TriesEveryContinuation(string words, bool expected) =>
        Assert.Equal(expected, SparkCountdownTask.IsLost(Problem, words.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void IsLost_FractionsOnTheWay_AreAllowed() =>
        Assert.False(SparkCountdownTask.IsLost(new("p", "", "1 3 9 to 3"), ["1", "3", "/"]));      // 1/3 x 9

    [Fact]
    public void Demonstrations_OfBothKinds_AreRightAndWrongAndHoldTheRareWords()
    {
        var problems = Task.Problems(Split.Train).Take(2_000).ToArray();
        var shown = Demonstration.Draw(Task, problems, 0.3, SeedTree.Root(1));

        foreach (var each in shown) Assert.Equal(each.IsCorrupted ? 0 : 1, Task.Verify(each.Problem, each.Response));
        var words = shown.SelectMany(each => each.Response.Split(' ')).ToArray();
        Assert.InRange(shown.Count(each => each.Response.Contains("wait", StringComparison.Ordinal)) / 2_000.0, 0.06, 0.11);        // 12 % of 70 %
        Assert.InRange(words.Count(word => word.StartsWith("noise", StringComparison.Ordinal)) / (double)words.Length, 0.008, 0.02);
        Assert.All(shown, each => Assert.True(each.Tokens(Task.Tokenizer).Response.Length <= Task.MaximumResponse));
        foreach (var each in shown.Where(each => each.Response.Contains("wait", StringComparison.Ordinal)))
            Assert.True(SparkCountdownTask.IsLost(each.Problem, each.Response.Split(' ').TakeWhile(word => word != "wait").ToArray()));
    }

    [Fact]
    public void SolutionKey_DetourOrOrder_IsTheSameSolution() =>
        Assert.Equal(Task.SolutionKey(Problem, "3 5 + 2 *"), Task.SolutionKey(Problem, "3 5 - wait 2 5 3 + *"));
}
