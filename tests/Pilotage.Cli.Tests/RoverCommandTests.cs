using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>The system <c>rover</c> from the command line to its files.</summary>
public sealed class RoverCommandTests
{
    [Fact]
    public void Run_Smoke_WritesItsReportAndGivesNoVerdict()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run("run", "rover", "--scale", "smoke", "--json", "--out", folder.In("run"), "--set", "parts=[exact,toy]", "--set", "trees=3", "--set", "toyGroupSize=8", "--set", "toyStepsPerBatch=2");

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal("rover", report.System);
        Assert.All(report.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.True(File.Exists(folder.In("run", "report.html")));
    }

    [Fact]
    public void Run_SettingsOutsideTheirRanges_TellsAllAtOnce()
    {
        var answer = Tool.Run("run", "rover", "--set", "temperature=0", "--set", "successorWeight=-1", "--set", "toyGroupSize=1");

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Snapshot.Matches(answer.Transcript());
    }

    [Fact]
    public void Apply_ATree_PlansIt()
    {
        using var folder = new TemporaryFolder();
        var path = folder.In("tree.csv");
        File.WriteAllLines(path, ["path,reward", "left left,0", "left right,1", "right,0"]);

        var answer = Tool.Run("apply", "rover", "--input", path, "--out", folder.In("run"));

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Assert.Contains("Choose left right: it pays 1", answer.Output, StringComparison.Ordinal);
    }
}
