using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Arithmetic;
using Xunit;

namespace Pilotage.Language.Tests.Tasks.Arithmetic;

public sealed class StepsTaskTests
{
    private static readonly StepsTask Task = new(new() { Splits = new() { Train = 300, Validation = 1, Test = 1 } });
    private static readonly TextProblem ByHand = new("p", "47+23-15+44=?", "99", 3);

    [Fact]
    public void Demonstrate_ByHand()
    {
        var random = SeedTree.Root(1).Start();
        Assert.Equal("47+23=70\n70-15=55\n55+44=99\n[99]", Task.Demonstrate(ByHand, ref random));
    }

    [Theory]
    [InlineData("[99]", 1)]
    [InlineData("47+23=11\n[99]", 1)]
    [InlineData("[11]\n[99]", 1)]
    [InlineData("[99]\n[11]", 0)]
    [InlineData("[9]", 0)]
    [InlineData("99", 0)]
    [InlineData("[99", 0)]
    [InlineData("]99[", 0)]
    [InlineData("", 0)]
    public void Verify_ReadsTheLastBox(string response, double expected) => Assert.Equal(expected, Task.Verify(ByHand, response));

    [Fact]
    public void Problems_KeepTwoDigitsAllTheWay()
    {
        var random = SeedTree.Root(1).Start();
        foreach (var problem in Task.Problems(Split.Train))
        {
            var lines = Task.Demonstrate(problem, ref random).Split('\n');
            Assert.Equal(problem.Difficulty, lines.Length - 1);
            Assert.InRange(problem.Difficulty, 4, 6);
            foreach (var line in lines[..^1])
            {
                var (left, right, result) = (int.Parse(line[..2]), int.Parse(line[3..5]), int.Parse(line[6..]));
                Assert.Equal(line[2] == '+' ? left + right : left - right, result);
                Assert.InRange(result, 10, 99);
            }
        }
    }
}
