using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Arithmetic;
using Xunit;

namespace Pilotage.Language.Tests.Tasks.Arithmetic;

public sealed class AdditionTaskTests
{
    private static readonly AdditionTask Task = new(new() { Splits = new() { Train = 600, Validation = 1, Test = 1 } });
    private static readonly TextProblem ByHand = new("p", "482+957=", "1439", 3);

    [Theory]
    [InlineData(TraceLength.Full, "2+7+0=09\n8+5+0=13\n4+9+1=14\n#1439")]
    [InlineData(TraceLength.Middle, "82+57+0=139\n4+9+1=14\n#1439")]
    [InlineData(TraceLength.Terse, "#1439")]
    public void Demonstrate_ByHand(TraceLength length, string expected) => Assert.Equal(expected, Task.Demonstrate(ByHand, length));

    [Theory]
    [InlineData("#1439", 1)]
    [InlineData("2+2+2=22\n#1439", 1)]
    [InlineData("#9#1439", 1)]
    [InlineData("#01439", 0)]
    [InlineData("#1439\n", 0)]
    [InlineData("1439", 0)]
    [InlineData("#", 0)]
    public void Verify_ReadsWhatFollowsTheLastMark(string response, double expected) => Assert.Equal(expected, Task.Verify(ByHand, response));

    [Fact]
    public void Traces_AddUp()
    {
        foreach (var problem in Task.Problems(Split.Train))
        {
            var numbers = problem.Prompt.TrimEnd('=').Split('+');
            Assert.Equal(long.Parse(numbers[0]) + long.Parse(numbers[1]), long.Parse(problem.Answer));
            Assert.All(numbers, number => Assert.Equal(problem.Difficulty, number.Length));
            foreach (var length in Enum.GetValues<TraceLength>())
            {
                var response = Task.Demonstrate(problem, length);
                Assert.Equal(1, Task.Verify(problem, response));
                foreach (var line in response.Split('\n')[..^1])
                {
                    var sides = line.Split('=');
                    Assert.Equal(sides[0].Split('+').Sum(int.Parse), int.Parse(sides[1]));
                }
            }
        }
    }

    [Fact]
    public void Lengths_AreWhatTheBudgetsAreMadeFor()
    {
        var problem = new TextProblem("p", "123456+654321=", "777777", 6);
        Assert.Equal(8, Tokens(TraceLength.Terse));
        Assert.Equal(44, Tokens(TraceLength.Middle));
        Assert.Equal(62, Tokens(TraceLength.Full));
        Assert.Equal(63, Task.MaximumResponse);
        Assert.Equal(3, Enum.GetValues<TraceLength>().Select(length => Task.SolutionKey(problem, Task.Demonstrate(problem, length))).Distinct().Count());

        int Tokens(TraceLength length) => Task.Tokenizer.Encode(Task.Demonstrate(problem, length)).Length + 1;
    }
}
