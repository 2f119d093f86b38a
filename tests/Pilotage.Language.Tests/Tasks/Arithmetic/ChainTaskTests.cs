using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Arithmetic;
using Xunit;

namespace Pilotage.Language.Tests.Tasks.Arithmetic;

public sealed class ChainTaskTests
{
    private static readonly ChainTask Task = new(new() { Splits = new() { Train = 200, Validation = 50, Test = 50 } });

    [Theory]
    [InlineData("47+23*15-88=", "705062")]     // 70, 70*15 = 1050 → 50, 50-88 = -38 → 62
    [InlineData("10-99+99*11=", "111010")]     // -89 → 11, 110 → 10, 110 → 10
    [InlineData("50*20+10-10=", "001000")]     // zeros keep both digits
    public void Demonstrate_ByHand(string prompt, string expected)
    {
        var random = SeedTree.Root(1).Start();
        Assert.Equal(expected, Task.Demonstrate(new("p", prompt, expected[^2..], 3), ref random));
    }

    [Theory]
    [InlineData("705062", 1)]
    [InlineData("62", 1)]
    [InlineData("000062", 1)]
    [InlineData("2", 0)]
    [InlineData("705026", 0)]
    [InlineData("70+5062", 0)]
    [InlineData("", 0)]
    public void Verify_ChecksTheLastResultOnly(string response, double expected) => Assert.Equal(expected, Task.Verify(new("p", "47+23*15-88=", "62", 3), response));

    [Fact]
    public void Problems_AreSolvedByDemonstrationsAndNotByWrongOnes()
    {
        var random = SeedTree.Root(2).Start();
        foreach (var problem in Task.Problems(Split.Train))
        {
            Assert.Equal(12, Task.Tokenizer.Encode(problem.Prompt).Length);
            Assert.Equal(3, problem.Difficulty);
            var right = Task.Demonstrate(problem, ref random);
            var wrong = Task.DemonstrateWrongly(problem, ref random);
            Assert.Equal(1, Task.Verify(problem, right));
            Assert.Equal(0, Task.Verify(problem, wrong));
            Assert.Equal(right.Length, wrong.Length);
            Assert.Equal(Task.MaximumResponse, Task.Tokenizer.Encode(right).Length + 1);
        }
    }

    [Fact]
    public void Operations_AreTheDifficulty()
    {
        var task = new ChainTask(new() { Operations = [1, 4], Splits = new() { Train = 100, Validation = 10, Test = 10 } });
        Assert.Equal([1, 4], task.Problems(Split.Train).Select(problem => problem.Difficulty).Distinct().Order());
        Assert.All(task.Problems(Split.Train), problem => Assert.Equal(problem.Difficulty, problem.Prompt.Count("+-*".Contains)));
        Assert.Throws<ArgumentException>(() => new ChainTask(new() { Operations = [0] }));
    }
}
