using Pilotage.Evaluation.Statistics;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

/// <summary>Intervals of 95 % must cover the truth in about 95 % of simulated samples; 400 samples give ± 2.2 % (two standard errors).</summary>
public sealed class CoverageTests
{
    private const int Samples = 400;
    private static readonly SeedTree Seeds = SeedTree.Root(11);

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    public void TInterval_NormalUnits_Covers(int units) =>
        Assert.InRange(Coverage((_, random) => TInference.OfMean(Normal(units, ref random))), 0.92, 0.98);

    [Theory]
    [InlineData(8)]
    [InlineData(11)]
    public void RuleBelowTwelve_NormalUnits_CoversAtLeastAsMuch(int units) =>
        Assert.InRange(Coverage((seeds, random) => Inference.OfMean(Normal(units, ref random), seeds)), 0.935, 0.995);

    [Theory]
    [InlineData(12)]
    [InlineData(30)]
    public void StudentisedBootstrap_NormalUnits_Covers(int units) =>
        Assert.InRange(Coverage((seeds, random) => new StudentisedBootstrap(Normal(units, ref random), seeds, 399)), 0.92, 0.98);

    [Fact]
    public void StudentisedBootstrap_SkewedUnits_CoversWhereTheTIntervalFallsShort()
    {
        IInference Skewed(SeedTree seeds, Randomness random, bool studentised)
        {
            var units = Normal(20, ref random).Select(z => Math.Exp(z) - Math.Exp(0.5)).ToArray();      // log-normal about its mean
            return studentised ? new StudentisedBootstrap(units, seeds, 399) : TInference.OfMean(units);
        }
        var bootstrap = Coverage((seeds, random) => Skewed(seeds, random, studentised: true));
        var student = Coverage((seeds, random) => Skewed(seeds, random, studentised: false));
        Assert.InRange(bootstrap, 0.9, 0.98);
        Assert.True(bootstrap > student, $"bootstrap {bootstrap}, t {student}");
    }

    [Fact]
    public void SignTest_SkewedUnits_CoversTheMedian() =>
        Assert.InRange(Coverage((_, random) => new SignTest([.. Normal(15, ref random).Select(z => Math.Exp(z) - 1)])), 0.95, 0.99);

    // Seeds and instances both vary, instances shared: the truth is 0.
    [Fact]
    public void HierarchicalBootstrap_SeedsAndSharedInstances_Covers() =>
        Assert.InRange(Coverage((seeds, random) =>
        {
            var (bySeed, byInstance) = (Normal(12, ref random), Normal(20, ref random));
            double[][] values = [.. bySeed.Select(s => byInstance.Select(i => s + i).ToArray())];
            return PercentileBootstrap.Hierarchical(values, shared: true, seeds, 299);
        }), 0.88, 0.98);

    private static double Coverage(Func<SeedTree, Randomness, IInference> infer)
    {
        var covered = 0;
        for (var i = 0; i < Samples; i++)
        {
            var branch = Seeds.Branch(i);
            if (infer(branch.Branch("bootstrap"), branch.Start()).Bounds(0.025).Contains(0)) covered++;
        }
        return covered / (double)Samples;
    }

    private static double[] Normal(int count, ref Randomness random)
    {
        var values = new double[count];
        foreach (ref var value in values.AsSpan()) value = random.NextNormal();
        return values;
    }
}
