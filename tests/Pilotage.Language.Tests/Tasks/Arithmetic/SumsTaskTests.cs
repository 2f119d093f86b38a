using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Arithmetic;
using Xunit;

namespace Pilotage.Language.Tests.Tasks.Arithmetic;

public sealed class SumsTaskTests
{
    private static readonly SumsTask Task = new(new() { Splits = new() { Train = 500, Validation = 1, Test = 1 } });
    private static readonly TextProblem ByHand = new("p", "3729...=", "1", 3);

    [Theory]
    [InlineData(TraceLength.Full, "3+7=0\n0+2=2\n2+9=1\n#1")]
    [InlineData(TraceLength.Middle, "3+7+2=2\n2+9=1\n#1")]
    [InlineData(TraceLength.Terse, "#1")]
    public void Demonstrate_ByHand(TraceLength length, string expected) => Assert.Equal(expected, Task.Demonstrate(ByHand, length));

    [Theory]
    [InlineData("#1", 1)]
    [InlineData("#2#1", 1)]
    [InlineData("#11", 0)]
    [InlineData("1", 0)]
    [InlineData("#", 0)]
    public void Verify_ReadsWhatFollowsTheLastMark(string response, double expected) => Assert.Equal(expected, Task.Verify(ByHand, response));

    [Fact]
    public void Traces_AddUp()
    {
        foreach (var problem in Task.Problems(Split.Train))
        {
            var digits = problem.Prompt.TrimEnd('=').TrimEnd('.');
            Assert.Equal(8, problem.Prompt.Length);
            Assert.Equal(problem.Difficulty + 1, digits.Length);
            Assert.Equal(digits.Sum(digit => digit - '0') % 10, int.Parse(problem.Answer));
            foreach (var line in Task.Demonstrate(problem, TraceLength.Full).Split('\n')[..^1])
            {
                var sides = line.Split('=');
                Assert.Equal(sides[0].Split('+').Sum(int.Parse) % 10, int.Parse(sides[1]));
            }
        }
    }
}
