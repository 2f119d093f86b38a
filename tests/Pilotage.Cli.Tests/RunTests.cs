using System.Text.Json;
using Pilotage.Evaluation.Reports;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

public sealed class RunTests
{
    [Fact]
    public void Run_Laptop_PrintsTableIntervalsAndVerdicts()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run("run", "coin-tossing", "--out", folder.In("run"));

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Assert.True(File.Exists(folder.In("run", "report.json")));
        Snapshot.Matches(WithoutTimes(answer.Transcript(folder.Path)));
    }

    [Fact]
    public void Run_Smoke_SaysHowToGetVerdicts()
    {
        using var folder = new TemporaryFolder();

        Snapshot.Matches(WithoutTimes(Tool.Run("run", "coin-tossing", "--scale", "smoke", "--out", folder.In("run")).Transcript(folder.Path)));
    }

    [Fact]
    public void Run_Json_PrintsTheReportAlone()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run("run", "coin-tossing", "--json", "--out", folder.In("run"));

        Assert.Equal(File.ReadAllText(folder.In("run", "report.json")), answer.Output);
        Assert.Equal("coin-tossing", ReportJson.Read(answer.Output, "output").System);
    }

    [Fact]
    public void Run_OneThreadOrTwo_GivesTheSameReport()
    {
        using var folder = new TemporaryFolder();

        var reports = new[] { "1", "2" }.Select(threads =>
            ReportJson.Write(ReportJson.Read(Tool.Run("run", "coin-tossing", "--json", "--threads", threads, "--out", folder.In(threads)).Output, threads).WithoutCircumstances())).ToList();

        Assert.Equal(reports[0], reports[1]);
    }

    [Fact]
    public void Run_SettingsFromAFile_AreOverriddenByTheCommandLine()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("my.yaml"), "tosses: 7\nbias: 0.25\n");

        Tool.Run("run", "coin-tossing", "--config", folder.In("my.yaml"), "--set", "bias=0.75", "--out", folder.In("run"));

        var resolved = File.ReadAllText(folder.In("run", "config.yaml"));
        Assert.Contains("tosses: 7\n", resolved);
        Assert.Contains("bias: 0.75\n", resolved);
    }

    [Fact]
    public void Run_FromTheConfigurationOfARun_RepeatsIt()
    {
        using var folder = new TemporaryFolder();
        Tool.Run("run", "coin-tossing", "--set", "tosses=5", "--out", folder.In("first"));

        Tool.Run("run", "coin-tossing", "--config", folder.In("first", "config.yaml"), "--out", folder.In("second"));

        Assert.Equal(Result(folder.In("first")), Result(folder.In("second")));
    }

    [Fact]
    public void Run_IntoAFinishedRun_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Tool.Run("run", "coin-tossing", "--scale", "smoke", "--out", folder.In("run"));
        var before = File.ReadAllText(folder.In("run", "report.json"));

        var answer = Tool.Run("run", "coin-tossing", "--scale", "smoke", "--out", folder.In("run"));

        Assert.Equal(before, File.ReadAllText(folder.In("run", "report.json")));
        Snapshot.Matches(answer.Transcript(folder.Path));
    }

    [Fact]
    public void Run_Interrupted_SaysHowToResumeAndResumes()
    {
        using var folder = new TemporaryFolder();
        using var interruption = new CancellationTokenSource();
        interruption.Cancel();

        var interrupted = Tool.Run(interruption.Token, "run", "coin-tossing", "--out", folder.In("run"));
        var resumed = Tool.Run("resume", folder.In("run"), "--json");
        var whole = Tool.Run("run", "coin-tossing", "--json", "--out", folder.In("whole"));

        Snapshot.Matches(interrupted.Transcript(folder.Path));
        Assert.Equal(ExitCode.Ok, resumed.ExitCode);
        Assert.Equal(Result(folder.In("whole")), Result(folder.In("run")));
        Assert.Equal(ExitCode.Ok, whole.ExitCode);
    }

    [Fact]
    public void Resume_AFinishedRun_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Tool.Run("run", "coin-tossing", "--scale", "smoke", "--out", folder.In("run"));

        Snapshot.Matches(Tool.Run("resume", folder.In("run")).Transcript(folder.Path));
    }

    [Fact]
    public void Apply_AFile_PrintsTheAnswerAndKeepsIt()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("coins.txt"), "penny\ndime\n");

        var answer = Tool.Run("apply", "coin-tossing", "--input", folder.In("coins.txt"), "--out", folder.In("run"));
        using var report = JsonDocument.Parse(File.ReadAllText(folder.In("run", "report.json")));

        Assert.Equal("Toss penny.", report.RootElement.GetProperty("headline").GetString());
        Snapshot.Matches(answer.Transcript(folder.Path));
    }

    [Fact]
    public void Apply_AnEmptyFile_IsAMistakeAndNoBug()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("coins.txt"), "");

        Assert.Equal(ExitCode.UserMistake, Tool.Run("apply", "coin-tossing", "--input", folder.In("coins.txt"), "--out", folder.In("run")).ExitCode);
    }

    private static string Result(string run) =>
        ReportJson.Write(ReportJson.Read(File.ReadAllText(Path.Combine(run, "report.json")), run).WithoutCircumstances());

    internal static string WithoutTimes(string transcript) => System.Text.RegularExpressions.Regex.Replace(transcript, @"\d+\.\d s\b", "TIME s");
}
