using CsCheck;
using Pilotage.Evaluation.Statistics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

public sealed class SampleTests
{
    private static readonly Gen<double[]> Values = Gen.Double[-1e3, 1e3].Array[1, 30];

    [Fact]
    public void Moments_WorkedExample_AreExact()
    {
        double[] values = [2, 4, 4, 4, 5, 5, 7, 9];
        Assert.Equal(5, Sample.Mean(values));
        Assert.Equal(32.0 / 7, Sample.Variance(values), 1e-15);
        Assert.Equal(Math.Sqrt(32.0 / 7 / 8), Sample.StandardError(values), 1e-15);
    }

    [Theory]
    [InlineData(new double[] { 3 }, 3)]
    [InlineData(new double[] { 100, 2, 3, -50 }, 2.5)]                          // the middle two
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6, 7, 1000 }, 4.5)]               // the middle four
    [InlineData(new double[] { 0, 1, 2, 3, 1000 }, 2)]                          // weights 0, .75, 1, .75, 0 over 2.5
    [InlineData(new double[] { 0, 12, 24 }, 12)]                                // weights .25, 1, .25 over 1.5
    [InlineData(new double[] { 0, 10, 40 }, 40.0 / 3)]
    public void InterquartileMean_WorkedExample_CutsAQuarterAtEachEnd(double[] values, double expected) =>
        Assert.Equal(expected, Sample.InterquartileMean(values), 1e-12);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(1, 4)]
    public void Quantile_FourValues_Interpolates(double share, double expected) => Assert.Equal(expected, Sample.Quantile([4, 1, 3, 2], share), 1e-15);

    [Fact]
    public void Variance_EqualValues_IsExactlyZero() => Assert.Equal(0, Sample.Variance([0.1, 0.1, 0.1]));

    [Fact]
    public void Figures_ScaledAndShifted_FollowTheirUnit() =>
        Gen.Select(Values, Gen.Double[0.1, 10], Gen.Double[-100, 100]).ForCases(100, (values, scale, shift) =>
        {
            var moved = values.Select(v => scale * v + shift).ToArray();
            Assert.Equal(scale * Sample.Mean(values) + shift, Sample.Mean(moved), 1e-8);
            Assert.Equal(scale * Sample.InterquartileMean(values) + shift, Sample.InterquartileMean(moved), 1e-8);
            Assert.Equal(scale * Sample.StandardDeviation(values), Sample.StandardDeviation(moved), 1e-8);
        });

    [Fact]
    public void Figures_OtherOrder_StayTheSame() =>
        Gen.Select(Values, Gen.ULong).ForCases(100, (values, key) =>
        {
            var shuffled = values.ToArray();
            var random = new Randomness(key);
            random.Shuffle<double>(shuffled);
            Assert.Equal(Sample.InterquartileMean(values), Sample.InterquartileMean(shuffled));
            Assert.Equal(Sample.Median(values), Sample.Median(shuffled));
        });

    [Fact]
    public void Figures_OfNothing_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Sample.Mean([]));
        Assert.Throws<ArgumentException>(() => Sample.InterquartileMean([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample.Quantile([1], 1.5));
    }
}
