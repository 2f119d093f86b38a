using System.Text.Json;
using Pilotage.Algorithms;
using Pilotage.Policies;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Apply.Jobs;

public sealed class JobApplicationTests : IDisposable
{
    private const string Job = "task,work,after\nfetch,600,\nleft,2400,fetch\nright,1200,fetch\nother,1800,\njoin,300,left;right\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;
    private static readonly CloudAutoscalingConfig Quick = new() { ApplyPpo = false };
    private static readonly PpoConfig Small = new CloudAutoscalingConfig().JobPpo with { Steps = 6144, EnvironmentCount = 4, Horizon = 128, Minibatches = 4, Hidden = [8] };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Input(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private ApplyReport Apply(CloudAutoscalingConfig config, params string[] inputs) => new CloudAutoscalingSystem().Apply(new(config, inputs, 1, _folder), progress: null, CancellationToken.None);

    [Fact]
    public void Apply_AJob_RecommendsARuleThatIsCheaperThanOnDemandAndWritesIt()
    {
        var report = Apply(Quick, Input("job.csv", Job));
        Assert.Equal(6, report.Rows.Count);
        Assert.All(report.Rows, row => Assert.Equal(report.Columns.Count, row.Count));
        Assert.Contains(report.Rows, row => row[0] == "on demand" && row[^1] == "rule in use");
        Assert.Equal("better", report.Rows[0][^1]);      // spot machines cost a third
        Assert.StartsWith("Rent by ", report.Headline, StringComparison.Ordinal);
        Assert.Contains(report.Notes, note => note.Contains("Read 5 tasks with 6300 s of work, 3300 s of it on the longest path; the job is allowed 6600 s.", StringComparison.Ordinal));
        Assert.All(report.Files, file => Assert.True(File.Exists(Path.Combine(_folder, file)), file));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "recommended-policy.json")));
        Assert.Equal(report.Rows[0][0], json.RootElement.GetProperty("policy").GetString());
        var steps = File.ReadAllLines(Path.Combine(_folder, "timeline.csv"));
        Assert.EndsWith("unfinished_tasks,lost,cost", steps[0], StringComparison.Ordinal);
        Assert.Equal("0", steps[^1].Split(',')[3]);
        Assert.Equal(report.Rows.SelectMany(row => row), Apply(Quick, Input("job.csv", Job)).Rows.SelectMany(row => row));
    }

    [Fact]
    public void Apply_DeadlineOfTheFileAndSpotPrices_AreUsed()
    {
        var prices = string.Join('\n', Enumerable.Range(0, 3000).Select(i => $"{i * 5},{(i % 50 < 40 ? "0.02" : "0.30")},0.05").Prepend("minute,price_small,price_large"));
        var report = Apply(Quick, Input("job.json", "{\"deadlineSeconds\": 5400, \"tasks\": [{\"name\": \"a\", \"work\": 3000}, {\"name\": \"b\", \"work\": 1500}]}"), Input("spot.csv", prices));
        Assert.Contains(report.Notes, note => note.Contains("allowed 5400 s", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.Contains("Read 3000 steps of 300 s of spot prices", StringComparison.Ordinal));
    }

    [Fact]
    public void Apply_LatenessThatCostsNothing_WarnsThatTheRecommendedPolicyIsLate() =>
        Assert.Contains(
            Apply(Quick with { Jobs = new() { MissWeight = 0, LateWeight = 0, BidShare = 0.25 } }, Input("job.csv", Job)).Notes,
            note => note.StartsWith("Look twice: the recommended policy misses the deadline", StringComparison.Ordinal));

    [Fact]
    public void Apply_LearnedPolicyChosen_IsKeptInAFolderAndActsTheSame()
    {
        var config = new CloudAutoscalingConfig { ApplySeeds = 1, JobPpo = Small };
        var job = UserJob.Read([Input("job.csv", Job)], config, SeedTree.Root(1));
        var learner = new Ppo(Small, new JobFleet(job.World.Past, job.World.Training, 4, CaseOrder.Drawn, SeedTree.Root(2)), SeedTree.Root(2));
        learner.Iterate();
        var fleet = new JobFleet(job.World.Past, job.World.Training, 1, CaseOrder.Drawn, default);
        PolicyFile.Save(learner.Policy, fleet.Spec, Path.Combine(_folder, "policy"));
        var kept = PolicyFile.Load(Path.Combine(_folder, "policy"), fleet.Spec);
        Assert.Equal(JobRuns.Figures(_ => learner.Policy, job.World.Future, job.World.Test, default), JobRuns.Figures(_ => kept, job.World.Future, job.World.Test, default));
        Assert.Contains(Apply(config, Path.Combine(_folder, "job.csv")).Rows, row => row[0] == "PPO");
    }

    [Fact]
    public void Apply_BadInputs_AreToldAtOnce()
    {
        void Told(string name, CloudAutoscalingConfig config, params string[] inputs) =>
            Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => Apply(config, inputs)).Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), name);
        var job = Input("job.csv", Job);
        Told("two_jobs", Quick, job, Input("other.csv", Job));
        Told("neither_job_nor_prices", Quick, job, Input("load.csv", "timestamp,requests\n1,2\n"));
        Told("settings_and_cycle", Quick with { Jobs = new() { Speeds = [1], BootSeconds = 900 } }, Input("cycle.csv", "task,work,after\na,1,b\nb,1,a\n"));
        Told("short_prices", Quick, job, Input("spot.csv", "timestamp,price_0,price_1\n2024-05-01T00:00:00,0.1,0.2\n2024-05-01T06:00:00,0.1,0.2\n"));
        Assert.DoesNotContain("recommended-policy.json", Directory.GetFiles(_folder).Select(Path.GetFileName));
    }
}
