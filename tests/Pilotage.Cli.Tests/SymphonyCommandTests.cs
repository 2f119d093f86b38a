using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>Symphony through the command line: its study, and a policy that apply leaves and evaluate plays.</summary>
public class SymphonyCommandTests
{
    private static readonly string[] Small = ["--set", "method.hidden=8", "--set", "method.explorationSteps=200", "--set", "method.repeats=2", "--set", "method.updatesPerStep=1"];

    [Fact]
    public void Run_Smoke_WritesAReportWithFigures()
    {
        using var folder = new TemporaryFolder();
        var answer = Tool.Run(["run", "symphony", "--scale", "smoke", "--threads", "1", "--out", folder.In("run"), "--set", "pendulumSteps=400", .. Small]);
        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        Assert.Contains("2-share-pendulum", answer.Output, StringComparison.Ordinal);
        var page = File.ReadAllText(folder.In("run/report.html"));
        Assert.All(new[] { "curve-pendulum", "strength-pendulum", "change-pendulum", "scale-pendulum" }, plot => Assert.True(File.Exists(folder.In($"run/plots/{plot}.svg")), plot));
        Assert.Contains("How strong actions are while learning", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_APendulum_LeavesAPolicyThatEvaluatePlays()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("task.txt"), "Pendulum-v1\n");
        var applied = Tool.Run(["apply", "symphony", "--input", folder.In("task.txt"), "--out", folder.In("run"), "--set", "method.steps=600", "--set", "applyEpisodes=4", .. Small]);
        Assert.True(applied.ExitCode == ExitCode.Ok, applied.Error);
        Assert.Contains("no-action", applied.Output, StringComparison.Ordinal);
        var evaluated = Tool.Run("evaluate", folder.In("run"), "--episodes", "4");
        Assert.True(evaluated.ExitCode == ExitCode.Ok, evaluated.Error);
        Assert.Contains("heuristic", evaluated.Output, StringComparison.Ordinal);
    }
}
