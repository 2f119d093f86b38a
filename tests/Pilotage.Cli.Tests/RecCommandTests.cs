using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>The systems <c>rec</c> and <c>language-baselines</c> from the command line to their files.</summary>
public sealed class RecCommandTests
{
    [Theory]
    [InlineData("rec")]
    [InlineData("language-baselines")]
    public void Run_Smoke_WritesItsReportAndGivesNoVerdict(string system)
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run("run", system, "--scale", "smoke", "--json", "--out", folder.In("run"), "--set", "lab.steps=1", "--set", $"lab.warmStartFolder={folder.In("warm")}");

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal(system, report.System);
        Assert.All(report.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.True(File.Exists(folder.In("run", "report.html")));
    }

    [Fact]
    public void Run_SettingsOutsideTheirRanges_TellsAllAtOnce()
    {
        var answer = Tool.Run("run", "rec", "--set", "objective.lowerRadius=1.5", "--set", "objective.upperRadius=0", "--set", "objective.temperature=0", "--set", "objective.mask=twice", "--set", "syncInterval=0");

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Snapshot.Matches(answer.Transcript());
    }

    [Fact]
    public void Apply_LoggedAnswers_TrainsOnThemAlone()
    {
        using var folder = new TemporaryFolder();
        string[] digits = ["0", "1", "2", "3", "4", "5", "6", "7"];
        File.WriteAllLines(folder.In("problems.jsonl"), digits.Select(digit => $$"""{"prompt": "{{digit}}=", "answer": "{{digit}}"}"""));
        File.WriteAllLines(folder.In("log.jsonl"), digits.SelectMany(digit => new[] { (digit, 1), ("7", digit == "7" ? 1 : 0) }.Select(answer => $$"""{"prompt": "{{digit}}=", "response": "{{answer.Item1}}", "reward": {{answer.Item2}}}""")));

        var answer = Tool.Run("apply", "rec", "--input", folder.In("problems.jsonl"), "--out", folder.In("run"), "--set", $"logged={folder.In("log.jsonl")}", "--set", "objective.mask=none", "--set", "apply.steps=3", "--set", "apply.evaluationSamples=2",
            "--set", "apply.batch.prompts=4", "--set", "apply.warmStart.target=0");

        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Transcript());
        Assert.Contains("(offline)", answer.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.In("run", "model", "config.json")));
    }
}
