using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Arithmetic;
using Xunit;

namespace Pilotage.Language.Tests.Tasks.Arithmetic;

public sealed class ModularTaskTests
{
    [Fact]
    public void Answers_AreRemainders()
    {
        var task = new ModularTask(new() { Splits = new() { Train = 500, Validation = 1, Test = 1 } });
        foreach (var problem in task.Problems(Split.Train))
        {
            var place = problem.Prompt.IndexOfAny(['+', '-', '*']);
            var sides = problem.Prompt[(place + 1)..^1].Split('%');
            var (first, second, modulus, answer) = (long.Parse(problem.Prompt[..place]), long.Parse(sides[0]), long.Parse(sides[1]), long.Parse(problem.Answer));
            var value = problem.Prompt[place] switch { '+' => first + second, '-' => first - second, _ => first * second };
            Assert.InRange(answer, 0, modulus - 1);
            Assert.Equal(0, (value - answer) % modulus);
            Assert.Equal(1, task.Verify(problem, problem.Answer));
            Assert.Equal(0, task.Verify(problem, (answer + modulus).ToString()));
        }
        Assert.Contains(task.Problems(Split.Train), problem => problem.Prompt.Contains('-'));
    }
}
