using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>The system <c>bpo</c> from the command line to its files.</summary>
public sealed class BpoCommandTests
{
    [Fact]
    public void Run_Smoke_WritesItsReportAndGivesNoVerdict()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run(
            "run", "bpo", "--scale", "smoke", "--json", "--out", folder.In("run"), "--set", "processes=2", "--set", "updates=10", "--set", "learner.steps=128", "--set", "learner.horizon=16",
            "--set", "learner.environmentCount=4", "--set", "learner.minibatches=1", "--set", "learner.epochs=1", "--set", "learner.hidden=[8]");

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal("bpo", report.System);
        Assert.All(report.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.True(File.Exists(folder.In("run", "report.html")));
    }

    [Fact]
    public void Run_SettingsOutsideTheirRanges_TellsAllAtOnce()
    {
        var answer = Tool.Run("run", "bpo", "--set", "learner.lowerRadius=1", "--set", "learner.temperature=0", "--set", "learner.loss=huber", "--set", "learner.minibatches=0");

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Snapshot.Matches(answer.Transcript());
    }
}
