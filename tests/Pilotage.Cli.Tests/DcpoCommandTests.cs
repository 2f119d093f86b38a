using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>The systems dcpo-distribution and gbpo from the command line to their files.</summary>
public sealed class DcpoCommandTests
{
    [Theory]
    [InlineData("dcpo-distribution", "banditUpdates=200")]
    [InlineData("gbpo", "epochs=2")]
    public void Run_Smoke_WritesItsReportAndGivesNoVerdict(string system, string setting)
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run("run", system, "--scale", "smoke", "--json", "--out", folder.In("run"), "--set", setting, "--set", $"lab.warmStartFolder={folder.In("warm")}");

        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal(system, report.System);
        Assert.All(report.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.True(File.Exists(folder.In("run", "report.html")));
    }

    [Fact]
    public void Run_BadSetPoints_TellsAllAtOnceAndWritesNothing()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run("run", "dcpo-distribution", "--out", folder.In("run"), "--set", "targetFractions=[0.5,0.25,1]", "--set", "banditTargets=[3]");

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.Contains("targetFractions = [0.5, 0.25, 1]", answer.Error, StringComparison.Ordinal);
        Assert.Contains("ln 20", answer.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.In("run")));
    }
}
