using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>The system <c>r2vpo</c> from the command line to its files.</summary>
public sealed class R2vpoCommandTests
{
    [Fact]
    public void Run_Smoke_WritesItsReportAndGivesNoVerdict()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run("run", "r2vpo", "--scale", "smoke", "--json", "--out", folder.In("run"), "--set", "parts=[exact,rare]", "--set", "bandits=2", "--set", "rareSteps=2", "--set", "rareLearningRates=3");

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal("r2vpo", report.System);
        Assert.All(report.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.True(File.Exists(folder.In("run", "report.html")));
    }

    [Fact]
    public void Run_SettingsOutsideTheirRanges_TellsAllAtOnce()
    {
        var answer = Tool.Run("run", "r2vpo", "--set", "constraint.bound=0", "--set", "constraint.initialMultiplier=-1", "--set", "constraint.multiplierRate=-0.1", "--set", "parts=all");

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Snapshot.Matches(answer.Transcript());
    }
}
