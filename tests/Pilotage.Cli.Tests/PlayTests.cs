using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

public sealed class PlayTests
{
    [Fact]
    public void Play_AScript_PrintsReasonsAndStopsAtQ()
    {
        var answer = Tool.RunWith("call\nnonsense\nq\n", "play", "dhumbal", "--against", "balanced", "--set", "rules.players=3", "--seed", "4");
        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Assert.All(answer.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Snapshot.Matches(answer.Transcript(), "script");
    }

    [Theory]
    [InlineData("no_game", "play", "cloud-autoscaling")]
    [InlineData("no_player", "play", "dhumbal", "--against", "agressive", "--seed", "x")]
    [InlineData("wrong_setting", "play", "dhumbal", "--set", "rules.players=9")]
    public void Play_Mistakes_AreToldAndExitTwo(string name, params string[] arguments)
    {
        var answer = Tool.RunWith("q\n", arguments);
        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Snapshot.Matches(answer.Transcript(), name);
    }

    [Fact]
    public void Run_DhumbalSmoke_PrintsTheTable()
    {
        using var folder = new TemporaryFolder();
        var answer = Tool.Run(
            "run", "dhumbal", "--scale", "smoke", "--out", Path.Combine(folder.Path, "run"), "--set", "deals=1", "--set", "searchDeals=1", "--set", "ruleDeals=4", "--set", "search.iterations=2", "--set", "ppo.steps=256",
            "--set", "ppo.environmentCount=4", "--set", "ppo.horizon=64", "--set", "ppo.minibatches=4", "--set", "ppo.hidden=[8]", "--set", "paperPpo.steps=256", "--set", "paperPpo.hidden=[8]", "--set", "dqn.steps=300", "--set", "dqn.learningStarts=100",
            "--set", "paperDqn.steps=300", "--set", "paperDqn.learningStarts=100", "--set", "paperDqn.hidden=[8]");
        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        Assert.Contains("ismcts-rules", answer.Output, StringComparison.Ordinal);
        Assert.Contains("NOT EVALUATED", answer.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, "run", "plots", "ahead.svg")));
    }
}
