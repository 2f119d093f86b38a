using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Sequences;
using Xunit;

namespace Pilotage.Language.Tests.Tasks.Sequences;

public sealed class SequenceTasksTests
{
    private static readonly SplitSettings Sizes = new() { Train = 300, Validation = 1, Test = 1 };

    [Theory]
    [InlineData("R:abcd=", "dcba")]
    [InlineData("S:abch=", "bcda")]
    [InlineData("T:abcd=", "bcda")]
    [InlineData("X:abcd=", "cdab")]
    [InlineData("X:abcde=", "decab")]
    [InlineData("U:abcd=", "aaaa")]
    [InlineData("RS:abcd=", "dcba edcb")]
    [InlineData("TTR:abcd=", "bcda cdab badc")]
    public void Transform_ByHand(string prompt, string expected)
    {
        var task = new TransformTask(new() { Splits = Sizes });
        var random = SeedTree.Root(1).Start();
        var problem = new TextProblem("p", prompt, expected.Split(' ')[^1], prompt.IndexOf(':'));
        Assert.Equal(expected, task.Demonstrate(problem, ref random));
        Assert.Equal(1, task.Verify(problem, problem.Answer));
        Assert.Equal(0, task.Verify(problem, problem.Answer + " hhhh"));
    }

    [Fact]
    public void Lookup_ByHand()
    {
        var task = new LookupTask(new() { Splits = Sizes });
        var random = SeedTree.Root(1).Start();
        var problem = new TextProblem("p", "c b , a f , f c , a 3 ?", "b", 3);
        Assert.Equal("f c b", task.Demonstrate(problem, ref random));
        Assert.Equal(1, task.Verify(problem, "b"));
        Assert.Equal(1, task.Verify(problem, "z b"));
        Assert.Equal(0, task.Verify(problem, "b c"));
        Assert.Equal(0, task.Verify(problem, ""));
    }

    [Fact]
    public void Lookup_NamesComeOnceOnEachSide()
    {
        var task = new LookupTask(new() { Splits = Sizes });
        foreach (var problem in task.Problems(Split.Train))
        {
            var facts = problem.Prompt.Split(" , ")[..^1].Select(fact => fact.Split(' ')).ToArray();
            Assert.Equal(6, facts.Length);
            Assert.Equal(6, facts.Select(fact => fact[0]).Distinct().Count());
            Assert.Equal(6, facts.Select(fact => fact[1]).Distinct().Count());
        }
    }

    [Fact]
    public void Sorting_ByHandAndByCount()
    {
        var task = new SortingTask(new() { Splits = Sizes });
        var problem = new TextProblem("p", "sort 10 9 9 2 :", "2 9 9 10", 4);
        Assert.Equal(1, task.Verify(problem, "2 9 9 10"));
        Assert.Equal(0, task.Verify(problem, "10 2 9 9"));
        Assert.Equal(0, task.Verify(problem, "2 9 10"));
        foreach (var drawn in task.Problems(Split.Train))
        {
            var numbers = drawn.Prompt.Split(' ')[1..^1].Select(int.Parse).ToArray();
            Assert.Equal(drawn.Difficulty, numbers.Length);
            Assert.Equal(string.Join(' ', numbers.Order()), drawn.Answer);
        }
    }

    [Fact]
    public void Sorting_AllEqual_IsDemonstratedWronglyToo()
    {
        var task = new SortingTask(new() { Splits = Sizes });
        var random = SeedTree.Root(1).Start();
        Assert.Equal("5", task.DemonstrateWrongly(new("p", "sort 5 5 :", "5 5", 2), ref random));
    }
}
