using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Countdown;
using Xunit;

namespace Pilotage.Language.Tests.Tasks;

public sealed class DemonstrationTests
{
    private static readonly CountdownTask Task = new(new() { Splits = new() { Train = 1_000, Validation = 1, Test = 1 } });

    [Fact]
    public void Draw_CorruptsItsShareAndSaysWhich()
    {
        var shown = Demonstration.Draw(Task, Task.Problems(Split.Train), 0.3, SeedTree.Root(1));
        Assert.InRange(shown.Count(demonstration => demonstration.IsCorrupted), 250, 350);
        Assert.All(shown, demonstration => Assert.Equal(demonstration.IsCorrupted ? 0 : 1, Task.Verify(demonstration.Problem, demonstration.Response)));
        Assert.Equal(shown, Demonstration.Draw(Task, Task.Problems(Split.Train), 0.3, SeedTree.Root(1)));
    }

    [Fact]
    public void Draw_EndsOfTheRange()
    {
        var problems = Task.Problems(Split.Train).Take(100).ToArray();
        Assert.DoesNotContain(Demonstration.Draw(Task, problems, 0, SeedTree.Root(1)), demonstration => demonstration.IsCorrupted);
        Assert.All(Demonstration.Draw(Task, problems, 1, SeedTree.Root(1)), demonstration => Assert.True(demonstration.IsCorrupted));
        Assert.Throws<ArgumentOutOfRangeException>(() => Demonstration.Draw(Task, problems, double.NaN, SeedTree.Root(1)));
    }

    [Fact]
    public void Tokens_EndWithTheEndToken()
    {
        var (prompt, response) = new Demonstration(new("p", "nums 2 3 to 5 :", "2 3 to 5"), "3 2 +", false).Tokens(Task.Tokenizer);
        Assert.Equal("nums 2 3 to 5 :", Task.Tokenizer.Decode(prompt.Span));
        Assert.Equal([.. Task.Tokenizer.Encode("3 2 +"), Task.Tokenizer.EndToken], response.ToArray());
    }
}
