using Pilotage.Evaluation;
using Pilotage.Language.Algorithms;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.MiniLab;

public sealed class MiniLabTests
{
    [Theory]
    [InlineData("countdown")]
    [InlineData("chain")]
    public void Arm_AtSmokeScale_MeasuresEveryColumnAndRepeatsBitForBit(string task)
    {
        using var folder = new TemporaryFolder();
        var config = new MiniLabConfig { WarmStartFolder = folder.Path }.At(Scale.Smoke);
        var lab = task == "chain" ? Systems.Language.MiniLab.MiniLab.Chain(config) : Systems.Language.MiniLab.MiniLab.Countdown(config);
        var arm = lab.Arm("grpo", ArmKind.Baseline, t => new Grpo(new() { Batch = t.Batch, ReferenceWeight = 0 }, t.Model, t.Sampler, t.Problems, t.Seeds));
        var trial = new Trial(Scale.Smoke, 0, SeedTree.Root(0));

        var first = Untimed(arm.Run(trial, TestContext.Current.CancellationToken));
        Assert.Equal(first, Untimed(arm.Run(trial, TestContext.Current.CancellationToken)));
        Assert.Empty(MiniLabMetrics.Table.Select(metric => metric.Name).Except(first.Select(measured => measured.Metric)));
        Assert.Equal(6, first.Count(measured => measured.Metric == MiniLabMetrics.Pass1));
        Assert.Equal(2, first.Count(measured => measured.Metric == MiniLabMetrics.CurvePass1));

        var start = lab.WarmStartArm().Run(trial, TestContext.Current.CancellationToken);
        Assert.Empty(MiniLabMetrics.Table.Select(metric => metric.Name).Except(start.Select(measured => measured.Metric)));
        Assert.Equal(0, start.Single(measured => measured.Metric == MiniLabMetrics.KlWarmStart).Value, 1e-6);
    }

    private static IReadOnlyList<Measurement> Untimed(IReadOnlyList<Measurement> measured) => [.. measured.Where(each => !each.Metric.StartsWith(Measurement.TimingPrefix, StringComparison.Ordinal))];
}
