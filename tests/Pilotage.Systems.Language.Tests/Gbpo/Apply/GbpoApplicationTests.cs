using Pilotage.Systems.Language.Gbpo;
using Pilotage.Systems.Language.Tests.Apply;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Gbpo.Apply;

public sealed class GbpoApplicationTests
{
    [Fact]
    public void Apply_Sums_TrainsAndSaysWhatItWasWorth()
    {
        using var folder = new TemporaryFolder();
        var input = SumProblems.Write(folder.In("sums.jsonl"));
        Directory.CreateDirectory(folder.In("run"));

        var report = new GbpoSystem().Apply(new(new GbpoSystemConfig { Apply = SumProblems.Small with { Batch = SumProblems.Small.Batch with { Epochs = 4 } } }, [input], 1, folder.In("run")), null, TestContext.Current.CancellationToken);

        Assert.StartsWith("6 iterations changed", report.Headline, StringComparison.Ordinal);
        Assert.Contains("ratio_spread_p99", File.ReadAllText(folder.In("run/metrics.jsonl")), StringComparison.Ordinal);
        Assert.True(Directory.Exists(folder.In("run/model")));
    }
}
