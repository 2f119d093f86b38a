using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Policies;
using Pilotage.Systems.Operations.CloudScheduling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Apply;

public sealed class SchedulingApplicationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ApplyReport Run(SchedulingApplySettings settings, string jobsName, params string[] jobs)
    {
        var machines = Path.Combine(_folder, "machines.csv");
        File.WriteAllLines(machines, ["name,cores,memory,speed,idle_watts,full_watts,price_per_hour", "slow,1,8,1,50,100,0.1", "fast,1,8,3,80,300,0.4"]);
        var path = Path.Combine(_folder, jobsName);
        File.WriteAllLines(path, jobs);
        var config = new CloudSchedulingConfig { Apply = settings, Ppo = new() { EnvironmentCount = 4, Horizon = 64, Minibatches = 4, Hidden = [8], LearningRate = 3e-3, Discount = 0.97, NormalizeRewards = true } };
        return SchedulingApplication.Run(new(config, [machines, path], 3, _folder), null, CancellationToken.None);
    }

    private static string[] Tasks(int count) => ["job,arrival,work,deadline", .. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"job-{i},{2 * i},{1 + i * 7 % 9},{2 * i + 12}"))];

    [Fact]
    public void Run_IndependentTasks_RanksRulesAndALearner_AndKeepsWhatItFound()
    {
        var report = Run(new() { Algorithms = ["random", "fifo", "sjf", "earliest-finish", "ppo"], Sequences = 8, Steps = 2048 }, "jobs.csv", Tasks(40));
        Assert.Equal(5, report.Rows.Count);
        Assert.Equal("worse", Sign(report.Rows.Single(row => row[0] == "random")[^1], "in use"));
        Assert.Contains(report.Rows[0][0], report.Headline, StringComparison.Ordinal);
        Assert.Contains("better than random", report.Headline, StringComparison.Ordinal);
        Assert.Equal(["gantt", "curves", "trade"], report.Plots.Select(plot => plot.Name));
        var gantt = Assert.IsType<GanttPlot>(report.Plots[0]);
        Assert.Equal(40, gantt.Bars.Count);
        Assert.Equal(["slow", "fast"], gantt.Rows);
        Assert.All(report.Files, file => Assert.True(File.Exists(Path.Combine(_folder, file)), file));
        Assert.Equal(41, File.ReadAllLines(Path.Combine(_folder, "schedule.csv")).Length);
        Assert.NotNull(PolicyFile.Load(Path.Combine(_folder, "policy")));

        static string Sign(string verdict, string inUse) => verdict == inUse ? "worse" : verdict;
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameTable()
    {
        var settings = new SchedulingApplySettings { Algorithms = ["fifo", "ppo"], Sequences = 3, Steps = 2048 };
        Assert.Equal(Run(settings, "jobs.csv", Tasks(20)).Rows, Run(settings, "jobs.csv", Tasks(20)).Rows);
    }

    [Fact]
    public void Run_GraphsFromJson_PlansThem_AndEnergyMayDecide()
    {
        string[] jobs =
        [
            "{\"jobs\": [", .. Enumerable.Range(0, 6).Select(i =>
                $"{{\"name\": \"j{i}\", \"arrival\": {3 * i}, \"stages\": [{{\"name\": \"map\", \"tasks\": 3, \"work\": 4, \"outputBytes\": 1e8}}, {{\"name\": \"reduce\", \"work\": 6, \"after\": [\"map\"]}}]}}{(i < 5 ? "," : "")}"), "]}",
        ];
        var report = Run(new() { Algorithms = ["fifo", "heft", "cpop", "pabfd"], Sequences = 4, CompletionWeight = 0, EnergyWeight = 1, Rules = new() { IdleSeconds = 5 } }, "jobs.json", jobs);
        Assert.Equal(4, report.Rows.Count);
        Assert.Contains(report.Notes, note => note.StartsWith("6 jobs with 24 tasks", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.StartsWith("Machines are switched off", StringComparison.Ordinal));
        Assert.Equal(25, File.ReadAllLines(Path.Combine(_folder, "schedule.csv")).Length);
    }

    [Fact]
    public void Run_WorkloadLog_LeavesOutWhatNeverRan_AndWarnsOfOverload()
    {
        string[] log = ["; MaxProcs: 1", .. Enumerable.Range(1, 20).Select(i => $"{i} {i} 0 {(i == 7 ? -1 : 30)} 1 -1 -1 1 60 -1 1 1 1 1 1 -1 -1 -1")];
        var report = Run(new() { Algorithms = ["fifo", "sjf"], Sequences = 3 }, "jobs.swf", log);
        Assert.Contains("1 job(s) of the log never ran and were left out.", report.Notes);
        Assert.Contains(report.Notes, note => note.Contains("load 7.50", StringComparison.Ordinal) && note.Contains("the queue grows", StringComparison.Ordinal));
    }
}
