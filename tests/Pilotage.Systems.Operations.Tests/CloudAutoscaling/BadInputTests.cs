using Pilotage.Systems.Operations.CloudAutoscaling;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling;

/// <summary>What users give wrongly, and what they are told, word for word.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Told(string name, CloudAutoscalingConfig config, params string[] lines)
    {
        var path = Path.Combine(_folder, "load.csv");
        File.WriteAllLines(path, lines);
        var mistake = Assert.Throws<UserMistakeException>(() => UserHistory.Read([path], config));
        Snapshot.Matches(string.Join("\n", mistake.Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), name);
    }

    private static string[] Days(int days) => [.. Enumerable.Range(0, days * 24).Select(hour => $"{hour * 60},{hour % 24}").Prepend("minute,requests")];

    [Fact]
    public void History_Counts_NegativeNanAndText() => Told("counts", new(), "minute,requests", "0,-1", "60,NaN", "120,many", "180,inf", "240,");

    [Fact]
    public void History_Times_BackwardsTwiceAndUnreadable() => Told("times", new(), "timestamp,requests", "2024-05-01T13:00:00,5", "2024-05-01T12:00:00,5", "2024-05-01T13:00:00,5", "tomorrow,1");

    [Fact]
    public void History_Step_Irregular() => Told("irregular_step", new(), "minute,requests", "0,1", "2,1", "4,1", "5,1");

    [Fact]
    public void History_Header_WithoutColumns() => Told("header", new(), "a,b", "1,2");

    [Fact]
    public void History_Empty() => Told("empty", new());

    [Fact]
    public void History_TooShort() => Told("too_few_days", new(), Days(3));

    [Fact]
    public void Service_EverythingImpossible_IsToldAtOnce() => Told(
        "service",
        new() { Service = new() { MinimumVms = 9, MaximumVms = 3, SloSeconds = 0.05, BootSeconds = 86_400, VmRequestsPerMinute = 0, MaximumResponseSeconds = 0.01, InitialVms = 50 } },
        Days(4));

    [Fact]
    public void Service_BillingThatDoesNotFitTheStep() => Told("billing", new() { Service = new() { Billing = BillingPeriod.Hour } }, [.. Enumerable.Range(0, 4000).Select(i => $"{i * 7},1").Prepend("minute,requests")]);

    [Fact]
    public void Settings_SharesAndDelays() => Told("settings", new() { TestShare = 0.6, ValidationShare = 0.5, Delays = [] }, Days(4));
}
