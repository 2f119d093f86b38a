using CsCheck;
using Pilotage.Evaluation.Statistics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

public sealed class TInferenceTests
{
    // Student's sleep data (Biometrika 1908): additional hours of sleep, ten patients, two drugs.
    private static readonly double[] First = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    private static readonly double[] Second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void OfMean_SleepDifferences_GivesThePublishedTest()
    {
        var test = TInference.OfMean([.. First.Zip(Second, (a, b) => a - b)]);
        var bounds = test.Bounds(0.025);
        Assert.Equal(-1.58, test.Estimate, 1e-12);
        Assert.Equal(0.002833, 2 * test.PBelow(0), 5e-7);               // published: t = -4.0621, df = 9, p = 0.002833
        Assert.Equal(-2.4598858, bounds.Low, 5e-8);
        Assert.Equal(-0.7001142, bounds.High, 5e-8);
    }

    [Fact]
    public void Welch_SleepSamples_GivesThePublishedTest()
    {
        var test = TInference.Welch(First, Second);
        var bounds = test.Bounds(0.025);
        Assert.Equal(17.776, test.Degrees, 5e-4);                       // published: t = -1.8608, df = 17.776, p = 0.07939
        Assert.Equal(0.07939, 2 * test.PBelow(0), 5e-6);
        Assert.Equal(-3.3654832, bounds.Low, 5e-8);
        Assert.Equal(0.2054832, bounds.High, 5e-8);
    }

    [Fact]
    public void Bounds_AnyUnits_AgreeWithTheTestAndContainTheEstimate() =>
        Gen.Select(Gen.Double[-5, 10].Array[2, 9], Gen.Double[0.001, 0.49], Gen.Double[-6, 11]).ForCases(100, (units, error, border) =>
        {
            var test = TInference.OfMean(units);
            var bounds = test.Bounds(error);
            Assert.True(bounds.Contains(test.Estimate));
            Assert.Equal(border < bounds.Low, test.PAbove(border) <= error);
            Assert.Equal(border > bounds.High, test.PBelow(border) <= error);
        });

    [Fact]
    public void Bounds_OneUnit_SayNothing()
    {
        var test = TInference.OfMean([3]);
        Assert.Equal(Interval.Everything, test.Bounds(0.025));
        Assert.Equal(1, test.PAbove(0));
        Assert.Equal(1, test.SmallestP);
    }

    [Fact]
    public void Bounds_EqualUnits_AreThePoint()
    {
        var test = TInference.OfMean([0.1, 0.1, 0.1]);
        Assert.Equal(new(test.Estimate, test.Estimate), test.Bounds(0.025));
        Assert.Equal(1, test.PAbove(test.Estimate));
        Assert.Equal(0, test.PAbove(0));
        Assert.Equal(1, test.PBelow(0));
    }
}
