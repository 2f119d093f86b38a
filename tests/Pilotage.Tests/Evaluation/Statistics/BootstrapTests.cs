using CsCheck;
using Pilotage.Evaluation.Statistics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

public sealed class BootstrapTests
{
    private static readonly SeedTree Seeds = SeedTree.Root(5);
    private static readonly Gen<double[]> Units = Gen.Double[-5, 10].Array[12, 20];

    [Fact]
    public void Bootstraps_SameBranch_GiveTheSameBits()
    {
        double[] units = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
        Assert.Equal(new StudentisedBootstrap(units, Seeds, 199).Bounds(0.025), new StudentisedBootstrap(units, Seeds, 199).Bounds(0.025));
        Assert.NotEqual(new StudentisedBootstrap(units, Seeds, 199).Bounds(0.025), new StudentisedBootstrap(units, Seeds.Branch("other"), 199).Bounds(0.025));
    }

    [Fact]
    public void Bounds_AnyUnits_AgreeWithTheTestAndContainTheEstimate() =>
        Gen.Select(Units, Gen.Double[0.02, 0.4], Gen.Double[-6, 11]).ForCases(60, (units, error, border) =>
        {
            IInference[] all =
            [
                new StudentisedBootstrap(units, Seeds, 199), PercentileBootstrap.Stratified([units], Sample.Mean, Seeds, 199),
                PercentileBootstrap.Hierarchical([units, [.. units.Reverse()]], shared: true, Seeds, 199),
            ];
            foreach (var test in all)
            {
                var bounds = test.Bounds(error);
                if (error < 0.1) Assert.True(bounds.Contains(test.Estimate), test.Name);            // narrow intervals of skewed samples may miss it
                Assert.Equal(border < bounds.Low, test.PAbove(border) <= error + 1e-12);
                Assert.Equal(border > bounds.High, test.PBelow(border) <= error + 1e-12);
            }
        });

    [Fact]
    public void Studentised_Scaled_ScalesItsInterval() =>
        Units.ForCases(40, units =>
        {
            var bounds = new StudentisedBootstrap(units, Seeds, 199).Bounds(0.05);
            var scaled = new StudentisedBootstrap([.. units.Select(u => -2 * u)], Seeds, 199).Bounds(0.05);
            Assert.Equal(-2 * bounds.High, scaled.Low, 1e-9);
            Assert.Equal(-2 * bounds.Low, scaled.High, 1e-9);
        });

    [Fact]
    public void Studentised_LevelBelowItsResolution_SaysNothing()
    {
        var test = new StudentisedBootstrap([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], Seeds, 99);
        Assert.Equal(Interval.Everything, test.Bounds(0.009));
        Assert.NotEqual(Interval.Everything, test.Bounds(0.01));
    }

    [Fact]
    public void Studentised_EqualUnits_IsSureAtItsResolution()
    {
        var test = new StudentisedBootstrap([.. Enumerable.Repeat(0.3, 12)], Seeds, 99);
        Assert.Equal(new(test.Estimate, test.Estimate), test.Bounds(0.025));
        Assert.Equal(0.01, test.PAbove(0));
        Assert.Equal(1, test.PBelow(0));
    }

    // One rare value: the resamples without it have no spread of their own and must not blow the interval up.
    [Fact]
    public void Studentised_OneRareValue_StaysFinite()
    {
        var bounds = new StudentisedBootstrap([1, .. new double[14]], Seeds, 999).Bounds(0.025);
        Assert.True(double.IsFinite(bounds.Low) && double.IsFinite(bounds.High));
    }

    [Fact]
    public void Stratified_StrataThatDoNotVary_HasNoWidth()
    {
        var test = PercentileBootstrap.Stratified([[1, 1, 1], [9, 9, 9]], Sample.Mean, Seeds, 199);     // pooled resampling would vary
        Assert.Equal(new(5, 5), test.Bounds(0.025));
    }

    // Seeds agree, instances differ: only shared draws let the instances' spread reach the interval in full.
    [Fact]
    public void Hierarchical_SharedInstances_WidenTheInterval()
    {
        double[][] values = [.. Enumerable.Repeat<double[]>([0, 1, 2, 3, 4, 5, 6, 7], 8)];
        var shared = PercentileBootstrap.Hierarchical(values, shared: true, Seeds, 999).Bounds(0.025);
        var nested = PercentileBootstrap.Hierarchical(values, shared: false, Seeds, 999).Bounds(0.025);
        Assert.Equal(Math.Sqrt(8), (shared.High - shared.Low) / (nested.High - nested.Low), 0.4);       // 1 draw against 8: root 8, within resampling noise
    }

    [Fact]
    public void Hierarchical_UnevenSharedInstances_AreRefused() =>
        Assert.Throws<ArgumentException>(() => PercentileBootstrap.Hierarchical([[1, 2], [1]], shared: true, Seeds));

    [Fact]
    public void TwoSamples_ProbabilityOfImprovement_ContainsTheEstimate()
    {
        double[] a = [3, 5, 7, 9, 11, 13], b = [2, 4, 6, 8, 10, 12];
        var test = PercentileBootstrap.TwoSamples(a, b, EffectSize.ProbabilityOfImprovement, Seeds, 999);
        var bounds = test.Bounds(0.025);
        Assert.Equal(21.0 / 36, test.Estimate, 1e-15);
        Assert.InRange(bounds.Low, 0.1, 0.4);
        Assert.InRange(bounds.High, 0.8, 0.97);
    }
}
