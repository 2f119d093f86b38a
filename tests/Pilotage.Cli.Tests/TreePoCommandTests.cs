using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>The system <c>treepo</c> from the command line to its files.</summary>
public sealed class TreePoCommandTests
{
    [Fact]
    public void Run_Smoke_WritesItsReportAndGivesNoVerdict()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run(
            "run", "treepo", "--scale", "smoke", "--json", "--out", folder.In("run"), "--set", "fewestOperations=1", "--set", "mostOperations=2", "--set", "decodedTokens=500", "--set", "lab.steps=1",
            "--set", "lab.evaluationProblems=3", "--set", $"lab.warmStartFolder={folder.In("warm")}");

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal("treepo", report.System);
        Assert.All(report.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.True(File.Exists(folder.In("run", "report.html")));
    }

    [Fact]
    public void Run_MorePathsThanLeaves_TellsWhatToChange()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run("run", "treepo", "--out", folder.In("run"), "--set", "learner.tree.leaves=2", "--set", "learner.tree.mostFirst=4");

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.Contains("mostFirst = 4 is above leaves = 2", string.Join(' ', answer.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
