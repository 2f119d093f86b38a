using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>The system <c>cloud-scheduling</c> and <c>pilotage schedule</c> from the command line to their files.</summary>
public sealed class ScheduleTests
{
    private static (string Jobs, string Machines) Files(TemporaryFolder folder)
    {
        File.WriteAllLines(folder.In("machines.csv"), ["name,cores,memory,speed,idle_watts,full_watts,price_per_hour", "slow,1,8,1,50,100,0.1", "fast,1,8,3,80,300,0.4"]);
        File.WriteAllLines(folder.In("jobs.csv"), ["job,arrival,work,deadline", .. Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"job-{i},{2 * i},{1 + i * 7 % 9},{2 * i + 12}"))]);
        return (folder.In("jobs.csv"), folder.In("machines.csv"));
    }

    [Fact]
    public void Schedule_ByARule_PrintsFiguresAndKeepsTheSchedule()
    {
        using var folder = new TemporaryFolder();
        var (jobs, machines) = Files(folder);

        var answer = Tool.Run("schedule", "--jobs", jobs, "--machines", machines, "--policy", "edf", "--out", folder.In("plan"));

        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        Assert.All(answer.Output.Split('\n').Where(line => !line.Contains(folder.Path, StringComparison.Ordinal)), line => Assert.True(line.Length <= 80, line));
        Snapshot.Matches(answer.Transcript(folder.Path), "rule");
        Assert.Equal(21, File.ReadAllLines(folder.In("plan", "schedule.csv")).Length);
        Assert.Contains($"pilotage schedule --jobs {jobs} --machines {machines} --policy edf", File.ReadAllText(folder.In("plan", "report.html")), StringComparison.Ordinal);
        Assert.Contains("keeps nothing on its way", Tool.Run("resume", Unfinished(folder)).Error, StringComparison.Ordinal);
        Assert.Contains("schedule of jobs.csv", Tool.Run("list", "runs", "--runs", folder.Path).Output, StringComparison.Ordinal);
    }

    private static string Unfinished(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder.In("cut"));
        File.Copy(folder.In("plan", "config.yaml"), folder.In("cut", "config.yaml"));
        return folder.In("cut");
    }

    [Fact]
    public void Schedule_ByAPolicyThatApplyTrained_NeedsNoMoreThanItsFolder()
    {
        using var folder = new TemporaryFolder();
        var (jobs, machines) = Files(folder);
        string[] small = ["--set", "apply.algorithms=[random,ppo-queue]", "--set", "apply.sequences=2", "--set", "apply.steps=2048", "--set", "queuePpo.hidden=[8]", "--set", "queuePpo.environmentCount=4"];

        var applied = Tool.Run(["apply", "cloud-scheduling", "--input", machines, jobs, "--out", folder.In("answer"), .. small]);
        Assert.True(applied.ExitCode == ExitCode.Ok, applied.Error);
        var scheduled = Tool.Run("schedule", "--jobs", jobs, "--machines", machines, "--policy", folder.In("answer"), "--json", "--out", folder.In("plan"));

        Assert.True(scheduled.ExitCode == ExitCode.Ok, scheduled.Error);
        Assert.Equal(File.ReadAllText(folder.In("answer", "schedule.csv")), File.ReadAllText(folder.In("plan", "schedule.csv")));
    }

    [Theory]
    [InlineData("mistakes", "--jobs", "nowhere.csv", "--machines", "nothing.csv", "--seed", "x", "--set", "apply.rules.idleSeconds=-1")]
    [InlineData("no_jobs", "--machines", "machines.csv")]
    public void Schedule_Mistakes_AreToldAllAtOnce(string name, params string[] arguments)
    {
        var answer = Tool.Run(["schedule", .. arguments]);
        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Snapshot.Matches(answer.Transcript(), name);
    }

    [Fact]
    public void Run_CloudSchedulingSmoke_WritesItsReportAndGivesNoVerdict()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run(
            "run", "cloud-scheduling", "--scale", "smoke", "--json", "--out", folder.In("run"), "--set", "parts=[assignment,packing]", "--set", "sequences=2", "--set", "tasks.tasks=12", "--set", "jobs.jobs=6", "--set", "dqn.steps=300",
            "--set", "dqn.learningStarts=100", "--set", "ppo.steps=1024", "--set", "queuePpo.steps=2048", "--set", "a2c.steps=512", "--set", "sac.steps=300", "--set", "sac.learningStarts=200", "--set", "td3.steps=300", "--set", "td3.learningStarts=200",
            "--set", "ddpg.steps=300", "--set", "ddpg.learningStarts=200", "--set", "rulePpo.steps=2048", "--set", "reinforce.steps=500", "--set", "packingPpo.steps=2048");

        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal("cloud-scheduling", report.System);
        Assert.All(report.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.Contains("td3-scores", answer.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.In("run", "plots", "assignment-energy.svg")));
    }
}
