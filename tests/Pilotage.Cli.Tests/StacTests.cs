using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>STAC through the real command line.</summary>
public sealed class StacTests
{
    private static readonly string[] Tiny = ["--set", "hidden=8", "--set", "batchSize=8", "--set", "study.batchSize=8", "--set", "study.hopperSteps=0", "--set", "study.betas=0,0.5", "--set", "study.pointMassSteps=350", "--set", "study.pendulumSteps=350"];

    [Fact]
    public void Run_Smoke_PrintsEveryArmAndWritesTheReport()
    {
        using var folder = new TemporaryFolder();
        var answer = Tool.Run(["run", "stac", "--scale", "smoke", "--out", folder.In("run"), .. Tiny]);

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        foreach (var arm in new[] { "tangent-detour", "sac-single", "estac", "stac-0.5", "NOT EVALUATED" }) Assert.Contains(arm, answer.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.In("run", "report.html")));
        Assert.True(File.Exists(folder.In("run", "plots", "occupancy-stac-0.svg")));
    }

    [Fact]
    public void Apply_APointMass_KeepsAPolicyThatEvaluateTakes()
    {
        using var folder = new TemporaryFolder();
        var applied = Tool.Run(
            "apply", "stac", "--input", "RiskyPointMass-v0", "--out", folder.In("run"), "--set", "steps=400", "--set", "learningStarts=200", "--set", "hidden=8", "--set", "batchSize=8",
            "--set", "apply.betas=0.5", "--set", "apply.seeds=1", "--set", "apply.episodes=4");
        var evaluated = Tool.Run("evaluate", folder.In("run"), "--episodes", "4");

        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (applied.ExitCode, evaluated.ExitCode));
        Assert.Contains("stac beta 0.5", applied.Output, StringComparison.Ordinal);
        Assert.Contains("heuristic", evaluated.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_ADiscreteEnvironment_IsAMistakeOfTheUser() =>
        Assert.Equal(ExitCode.UserMistake, Tool.Run("apply", "stac", "--input", "CartPole-v1", "--out", Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())).ExitCode);
}
