using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>The systems of governance from the command line to their files.</summary>
public sealed class GovernanceCommandTests
{
    [Theory]
    [InlineData("delayed-repression", "agents=24", "steps=40")]
    [InlineData("ofs", "thresholds=9", "rounds=200")]
    public void Run_Smoke_WritesItsReportAndGivesNoVerdict(string system, string first, string second)
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run("run", system, "--scale", "smoke", "--seeds", "2", "--json", "--out", folder.In("run"), "--set", first, "--set", second);

        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal(system, report.System);
        Assert.All(report.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.True(File.Exists(folder.In("run", "report.html")));
    }

    [Fact]
    public void Apply_AFeedbackLoop_SaysHowFarItsDelayIsFromTheCriticalOne()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.In("loops.csv"), ["name,a,C,k,x_c,delay", "spam,2,7,10,0.72,0.6"]);

        var answer = Tool.Run("apply", "delayed-repression", "--input", folder.In("loops.csv"), "--out", folder.In("answer"));

        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        Assert.Contains("spam's delay is 1.27 times the critical one", string.Join(' ', answer.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.True(File.Exists(folder.In("answer", "report.html")));
    }

    [Fact]
    public void Apply_PeopleOfThreeGroups_AreRefusedWithTheReason()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.In("people.csv"), [.. Enumerable.Range(0, 90).Select(i => $"0.{i % 9},{i % 2},{"abc"[i % 3]}").Prepend("score,outcome,group")]);

        var answer = Tool.Run("apply", "ofs", "--input", folder.In("people.csv"), "--out", folder.In("answer"));

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.Contains("3 group(s): 'a', 'b', 'c'", answer.Error, StringComparison.Ordinal);
    }
}
