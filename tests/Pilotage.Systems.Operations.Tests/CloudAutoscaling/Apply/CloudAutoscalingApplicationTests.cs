using System.Globalization;
using System.Text.Json;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Apply;

public sealed class CloudAutoscalingApplicationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;
    private static readonly CloudAutoscalingConfig Quick = new() { ApplyPpo = false, ApplySeeds = 1, TrainingPasses = 2, Service = new() { VmRequestsPerMinute = 40 } };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string History(int days, int stepMinutes = 5)
    {
        var loads = new GeneratedWorkload { Days = days }.Create("g", SeedTree.Root(9)).Loads;
        var path = Path.Combine(_folder, "load.csv");
        var start = new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc);
        File.WriteAllLines(path, Enumerable.Range(0, loads.Length / stepMinutes).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{start.AddMinutes(i * stepMinutes):yyyy-MM-ddTHH:mm:ss},{loads.AsSpan(i * stepMinutes, stepMinutes).ToArray().Sum()}")).Prepend("timestamp,requests"));
        return path;
    }

    private ApplyReport Apply(string path, CloudAutoscalingConfig config) =>
        new CloudAutoscalingSystem().Apply(new(config, [path], 1, _folder), progress: null, CancellationToken.None);

    [Fact]
    public void Apply_UsersHistory_RecommendsAPolicyWithFilesTableAndIntervals()
    {
        var report = Apply(History(days: 12), Quick);
        Assert.All(report.Rows, row => Assert.Equal(report.Columns.Count, row.Count));
        Assert.Equal(11, report.Rows.Count);
        Assert.Contains(report.Rows, row => row[0] == "threshold 70/30" && row[^1] == "rule in use");
        Assert.Contains(report.Rows[0][0], report.Headline, StringComparison.Ordinal);
        Assert.Equal(report.Rows[0][^1] == "better", report.Headline.StartsWith("Run ", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.Contains("3456 steps of 300 s", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.Contains("Q-learning, begun from nothing,", StringComparison.Ordinal));
        Assert.All(report.Files, file => Assert.True(File.Exists(Path.Combine(_folder, file)), file));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "recommended-policy.json")));
        Assert.Equal(report.Rows[0][0], json.RootElement.GetProperty("policy").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("service").GetProperty("bootSteps").GetInt32());
        Assert.Equal(1 + 3 * 288, File.ReadLines(Path.Combine(_folder, "timeline.csv")).Count());
        Assert.Equal(["cost-violations", "timeline"], report.Plots.Select(plot => plot.Name));
        var frontier = File.ReadLines(Path.Combine(_folder, "cost-violations.csv")).Skip(1).Where(line => line.EndsWith("yes", StringComparison.Ordinal)).Select(line => line.Split(',')[^2]);
        Assert.Equal(frontier.Select(v => double.Parse(v, CultureInfo.InvariantCulture)).OrderDescending(), frontier.Select(v => double.Parse(v, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Apply_CheapViolations_WarnsThatTheRecommendedPolicyViolatesMore()
    {
        var path = History(days: 6);
        static bool Warns(ApplyReport report) => report.Notes.Any(note => note.StartsWith("Look twice", StringComparison.Ordinal));
        Assert.True(Warns(Apply(path, Quick with { Service = Quick.Service with { ViolationWeight = 0.1 } })));
        Assert.False(Warns(Apply(path, Quick with { Service = Quick.Service with { ViolationWeight = 20 } })));
    }

    [Fact]
    public void Apply_SameSeed_GivesTheSameReport()
    {
        var path = History(days: 6);
        Assert.Equal(Apply(path, Quick).Rows.SelectMany(row => row), Apply(path, Quick).Rows.SelectMany(row => row));
    }

    [Fact]
    public void Apply_FileAndSettingsWrong_TellsAllAtOnceAndWritesNothing()
    {
        var path = Path.Combine(_folder, "bad.csv");
        File.WriteAllLines(path, ["timestamp,requests", "2024-05-01T00:00:00,5", "2024-05-01T00:05:00,-3"]);
        var mistake = Assert.Throws<UserMistakeException>(() => Apply(path, Quick with { Service = new() { SloSeconds = 0.01, MinimumVms = 30 } }));
        Assert.Equal(3, mistake.Problems.Count);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Apply_TooFewDays_SaysHowManyAreNeeded() =>
        Assert.Contains("at least 4", Assert.Throws<UserMistakeException>(() => Apply(History(days: 3), Quick)).Message, StringComparison.Ordinal);

    [Fact]
    public void Apply_NoLoadAtAll_StillAnswers()
    {
        var path = Path.Combine(_folder, "zero.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 5 * 24).Select(hour => $"{hour * 60},0").Prepend("minute,requests"));
        Assert.NotEmpty(Apply(path, Quick).Rows);
    }

    [Fact]
    public void DecisionTable_ParetoAndRules_ExportOnlyLegalChanges()
    {
        var history = UserHistory.Read([History(days: 6)], Quick);
        var discretizer = new FleetDiscretizer(history.Model, new(history.Model.BootSteps), 500);
        var values = WarmStart.FromThreshold(discretizer, ThresholdRule.Default(1), -2, 0.95, history.Model);
        var file = DecisionTable.Write(_folder, values, discretizer, history.Model);
        foreach (var line in File.ReadLines(Path.Combine(_folder, file)).Skip(1))
        {
            var fields = line.Split(',');
            var after = int.Parse(fields[0], CultureInfo.InvariantCulture) + int.Parse(fields[3], CultureInfo.InvariantCulture) + int.Parse(fields[4], CultureInfo.InvariantCulture);
            Assert.InRange(after, 1, 20);
        }
    }
}
