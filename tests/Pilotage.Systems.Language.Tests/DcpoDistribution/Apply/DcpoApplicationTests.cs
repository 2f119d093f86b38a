using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Language.DcpoDistribution;
using Pilotage.Systems.Language.Tests.Apply;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.DcpoDistribution.Apply;

public sealed class DcpoApplicationTests
{
    [Fact]
    public void Apply_Sums_ShowsTheThermostatAndHowNearItCame()
    {
        using var folder = new TemporaryFolder();
        var input = SumProblems.Write(folder.In("sums.jsonl"));
        Directory.CreateDirectory(folder.In("run"));
        var config = new DcpoSystemConfig { Apply = SumProblems.Small, Dcpo = new() { TargetFraction = 0.8 } };

        var report = new DcpoDistributionSystem().Apply(new(config, [input], 1, folder.In("run")), null, TestContext.Current.CancellationToken);

        Assert.StartsWith("6 iterations changed", report.Headline, StringComparison.Ordinal);
        var plot = Assert.IsType<TimelinePlot>(report.Plots[0]);
        Assert.Equal("thermostat", plot.Name);
        Assert.Equal(6, plot.Panels[0].Series[0].Y.Count);
        Assert.All(plot.Panels[1].Series[0].Y, value => Assert.True(value is 1.2 or 0.8));
        Assert.Contains(report.Notes, note => note.StartsWith("Set point ", StringComparison.Ordinal));
        Assert.True(File.Exists(folder.In("run/metrics.jsonl")));
    }

    [Fact]
    public void Apply_GroupOfOne_IsRefusedBeforeAnythingIsRead()
    {
        using var folder = new TemporaryFolder();
        var config = new DcpoSystemConfig { Dcpo = new() { Batch = new() { GroupSize = 1 } } };
        var mistake = Assert.Throws<UserMistakeException>(() => new DcpoDistributionSystem().Apply(new(config, [folder.In("nothing")], 1, folder.Path), null, TestContext.Current.CancellationToken));
        Assert.Contains("groupSize = 1", mistake.Message, StringComparison.Ordinal);
    }
}
