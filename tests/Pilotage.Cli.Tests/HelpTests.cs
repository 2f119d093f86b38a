using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("list")]
    [InlineData("show")]
    [InlineData("run")]
    [InlineData("apply")]
    [InlineData("schedule")]
    [InlineData("play")]
    [InlineData("train")]
    [InlineData("resume")]
    [InlineData("sweep")]
    [InlineData("evaluate")]
    [InlineData("compare")]
    [InlineData("export")]
    [InlineData("serve")]
    [InlineData("dashboard")]
    [InlineData("data")]
    [InlineData("data list")]
    [InlineData("data get")]
    [InlineData("data record")]
    [InlineData("data describe")]
    [InlineData("worker")]
    [InlineData("bench")]
    [InlineData("doctor")]
    public void Help_OfEachCommand_IsTheCommittedText(string command)
    {
        var answer = Tool.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Assert.Empty(answer.Error);
        Assert.All(answer.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Snapshot.Matches(answer.Output, $"help_{command.Replace(' ', '_')}");
    }

    [Fact]
    public void NoArguments_IsTheHelpOfTheTool() => Assert.Equal(Tool.Run("--help").Output, Tool.Run().Output);

    [Fact]
    public void Help_BesideMistakes_IsStillHelp()
    {
        var answer = Tool.Run("run", "--help", "--seeds", "x");

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
    }

    [Fact]
    public void Version_IsOneLine()
    {
        var answer = Tool.Run("--version");

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", answer.Output.ReplaceLineEndings("\n"));
    }
}
