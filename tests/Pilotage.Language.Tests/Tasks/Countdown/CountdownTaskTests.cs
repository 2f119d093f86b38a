using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Countdown;
using Xunit;

namespace Pilotage.Language.Tests.Tasks.Countdown;

public sealed class CountdownTaskTests
{
    private static readonly CountdownTask Task = new(new() { Splits = new() { Train = 400, Validation = 50, Test = 50 } });

    [Fact]
    public void Problems_AreWhatTheLaboratoryAsksFor()
    {
        var problems = Task.Problems(Split.Train);
        Assert.Equal(400, problems.Count);
        foreach (var problem in problems)
        {
            var puzzle = CountdownPuzzle.TryParse(problem.Answer)!;
            Assert.Equal($"nums {puzzle} :", problem.Prompt);
            Assert.InRange(puzzle.Numbers.Count, 3, 4);
            Assert.Equal(puzzle.Numbers.Count, problem.Difficulty);
            Assert.All(puzzle.Numbers, number => Assert.InRange(number, 1, 15));
            Assert.InRange(puzzle.Target, 1, 60);
            Assert.Equal(puzzle.Numbers.Count + 4, Task.Tokenizer.Encode(problem.Prompt).Length);
        }
        Assert.InRange(problems.Count(problem => problem.Difficulty == 3), 150, 250);
    }

    [Fact]
    public void Demonstrate_IsCorrectAndFits()
    {
        var random = SeedTree.Root(1).Start();
        foreach (var problem in Task.Problems(Split.Test))
        {
            var response = Task.Demonstrate(problem, ref random);
            Assert.Equal(1, Task.Verify(problem, response));
            Assert.InRange(Task.Tokenizer.Encode(response).Length + 1, 1, Task.MaximumResponse);
            Assert.Equal(response, Task.Tokenizer.Decode(Task.Tokenizer.Encode(response)));
        }
    }

    [Fact]
    public void Demonstrate_SeveralSolutions_AllAreDrawn()
    {
        var problem = new TextProblem("p", "nums 2 3 4 to 24 :", "2 3 4 to 24");
        var random = SeedTree.Root(2).Start();
        HashSet<string> keys = [];
        for (var i = 0; i < 100; i++) keys.Add(Task.SolutionKey(problem, Task.Demonstrate(problem, ref random)));
        Assert.Equal(CountdownSolver.Solutions([2, 3, 4], 24).Count, keys.Count);
    }

    [Fact]
    public void DemonstrateWrongly_IsWrongInTheFormOfASolution()
    {
        var random = SeedTree.Root(3).Start();
        foreach (var problem in Task.Problems(Split.Test))
        {
            var response = Task.DemonstrateWrongly(problem, ref random);
            Assert.Equal(0, Task.Verify(problem, response));
            Assert.NotNull(Expression.Parse(response));
            var puzzle = CountdownPuzzle.TryParse(problem.Answer)!;
            Assert.Equal(puzzle.Numbers.Order(), response.Split(' ').Where(word => char.IsAsciiDigit(word[0])).Select(int.Parse).Order());
        }
    }

    [Fact]
    public void SameNumbersInAnotherOrder_AreOfTheSameSplit()
    {
        var keys = Enum.GetValues<Split>().Select(split => Task.Problems(split).Select(problem => CountdownPuzzle.TryParse(problem.Answer)!).Select(puzzle => $"{string.Join(' ', puzzle.Numbers.Order())} to {puzzle.Target}").ToHashSet()).ToArray();
        Assert.Empty(keys[0].Intersect(keys[1]));
        Assert.Empty(keys[0].Intersect(keys[2]));
        Assert.Empty(keys[1].Intersect(keys[2]));
    }

    [Fact]
    public void Problem_OfAnotherTask_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => Task.Verify(new("other-1", "2+2", "4"), "4"));
        Assert.Contains("other-1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new CountdownTask(new() { Counts = [] }));
        Assert.Throws<ArgumentException>(() => new CountdownTask(new() { Counts = [7] }));
        Assert.Throws<ArgumentException>(() => new CountdownTask(new() { MaximumNumber = 1 }));
    }
}
