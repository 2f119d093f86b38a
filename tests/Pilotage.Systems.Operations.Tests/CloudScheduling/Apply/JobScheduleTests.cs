using System.Text.Json;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Operations.CloudScheduling;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Apply;

public sealed class JobScheduleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    private string One => Write("one.csv", "name,cores,memory,speed", "only,1,1,1");

    private string Two => Write("two.csv", "name,cores,memory,speed", "slow,1,8,1", "fast,1,8,3");

    private string Three => Write("three.csv", "name,cores,memory,speed", "slow,1,8,1", "fast,1,8,3", "more,2,8,2");

    private ApplyReport Run(string jobs, string machines, string policy, SchedulingApplySettings? settings = null) =>
        JobSchedule.Run(new(new CloudSchedulingConfig { Apply = settings ?? new() }, jobs, machines, policy, 0, _folder));

    [Fact]
    public void Run_ThreeTasksOnOneMachine_ShortestFirst_ByTheUsersClock()
    {
        var jobs = Write("jobs.csv", "job,arrival,work", "three,100,3", "one,100,1", "\"t\",100,2");
        var report = Run(jobs, One, "sjf");
        Assert.Equal(["job,stage,machine,start,end", "\"one\",\"task\",\"only\",100,101", "\"t\",\"task\",\"only\",101,103", "\"three\",\"task\",\"only\",103,106"], File.ReadAllLines(Path.Combine(_folder, "schedule.csv")));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "schedule.json")));
        Assert.Equal("sjf", json.RootElement.GetProperty("policy").GetString());
        Assert.Equal((1 + 3 + 6) / 3.0, json.RootElement.GetProperty("figures").GetProperty("meanCompletion").GetDouble(), 1e-12);
        Assert.Equal([100.0, 101, 103], json.RootElement.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("start").GetDouble()));
        Assert.Equal("3 jobs are done after 6 s by sjf; a job takes 3.33 s from arrival to end in the mean, 1.5 times what it would take alone.", report.Headline);   // ideal 3, 1, 2: (1 + 1.5 + 2) / 3
        Assert.Contains("The schedule counts time as your files do; figures count it from the first arrival, at 100 s.", report.Notes);
        Assert.Equal(["gantt", "curves"], report.Plots.Select(plot => plot.Name));
        Assert.Equal(3, Assert.IsType<GanttPlot>(report.Plots[0]).Bars.Count);

        Run(jobs, One, "fifo");
        Assert.Contains("\"three\",\"task\",\"only\",100,103", File.ReadAllLines(Path.Combine(_folder, "schedule.csv")));
    }

    [Fact]
    public void Run_NamesWithQuotes_AreStillOneField()
    {
        Run(Write("jobs.json", """{"jobs": [{"name": "a \"b\", c", "stages": [{"name": "s", "work": 1}]}]}"""), One, "fifo");
        Assert.Equal("\"a \"\"b\"\", c\",\"s\",\"only\",0,1", File.ReadAllLines(Path.Combine(_folder, "schedule.csv"))[1]);
    }

    [Theory]
    [InlineData("ppo"), InlineData("ppo-queue")]
    public void Run_PolicyThatApplyTrained_DoesWhatItDidThere(string learner)
    {
        var jobs = Write("jobs.csv", ["job,arrival,work", .. Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"job-{i},{2 * i},{1 + i * 7 % 9}"))]);
        var small = new Algorithms.PpoConfig { EnvironmentCount = 4, Horizon = 64, Minibatches = 4, Hidden = [8] };
        var config = new CloudSchedulingConfig { Apply = new() { Algorithms = ["random", learner], Sequences = 2, Steps = 2048 }, Ppo = small, QueuePpo = small };
        var report = SchedulingApplication.Run(new(config, [Two, jobs], 3, _folder), null, CancellationToken.None);
        Assert.Equal(learner, report.Rows[0][0]);                                            // it is the better of the two, so that the schedule is its
        var there = File.ReadAllLines(Path.Combine(_folder, "schedule.csv"));
        Run(jobs, Two, _folder);
        Assert.Equal(there, File.ReadAllLines(Path.Combine(_folder, "schedule.csv")));

        if (learner == "ppo-queue") Assert.Equal("30", Run(jobs, Three, _folder).Rows[0][1]);
        else Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => Run(jobs, Three, _folder)).Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), "other_machines");
    }

    [Fact]
    public void Run_Mistakes_AreToldWordForWord()
    {
        var jobs = Write("jobs.csv", "job,arrival,work", "a,0,1");
        var broken = Write("broken.csv", "job,arrival,work", "a,0,-1");
        Snapshot.Matches(string.Join("\n", new[]
        {
            Problems(() => Run(jobs, One, "sfj")), Problems(() => Run(broken, One, "sjf")), Problems(() => Run(jobs, jobs, "sjf")),
            Problems(() => Run(jobs, One, "sjf", new() { Rules = new() { BootSeconds = 5 } })),
        }).Replace(_folder, "FOLDER", StringComparison.Ordinal), "mistakes");

        static string Problems(Func<ApplyReport> run) => string.Join("\n", Assert.Throws<UserMistakeException>(run).Problems);
    }

    [Theory]
    [InlineData(0.004, "0.00"), InlineData(-0.004, "0.00"), InlineData(0, "0.00"), InlineData(0.006, "+0.01"), InlineData(-0.006, "-0.01"), InlineData(-12.346, "-12.35"), InlineData(1e5, "+100000.00")]
    public void Signed_WhatRoundsToNothing_HasNoSign(double value, string text) => Assert.Equal(text, SchedulingApplication.Signed(value));
}
