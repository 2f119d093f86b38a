using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

public sealed class ShowTests
{
    public static TheoryData<string> Names => [.. AlgorithmCatalog.All.Select(entry => entry.Name), .. EnvironmentCatalog.All.Select(entry => entry.Name), "coin-tossing"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Show_EachName_FitsTheTerminalAndEndsWithACommand(string name)
    {
        var answer = Tool.Run("show", name.ToUpperInvariant());
        var lines = answer.Output.TrimEnd('\n').Split('\n');

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.StartsWith("pilotage ", lines[^1]);
    }

    [Fact]
    public void Show_System_IsTheCommittedText() => Snapshot.Matches(Tool.Run("show", "coin-tossing").Output);

    [Fact]
    public void Show_Environment_IsTheCommittedText() => Snapshot.Matches(Tool.Run("show", "MountainCarContinuous-v0").Output);

    [Fact]
    public void Show_Algorithm_IsTheCommittedText() => Snapshot.Matches(Tool.Run("show", "ppo").Output);

    [Fact]
    public void Show_UnknownName_NamesTheNearest() => Snapshot.Matches(Tool.Run("show", "cartpol").Transcript());
}
