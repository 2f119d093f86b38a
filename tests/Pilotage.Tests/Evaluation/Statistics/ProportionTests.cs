using CsCheck;
using Pilotage.Evaluation.Statistics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

public sealed class ProportionTests
{
    // 33 of 50 is published as 52-78 %; none of 50 as at most 7.1 %; 81 of 263 is Newcombe's example (Statistics in Medicine 17, 1998): 0.2553-0.3662.
    [Theory]
    [InlineData(33, 50, 0.5215, 0.7756)]
    [InlineData(0, 50, 0, 0.0713)]
    [InlineData(50, 50, 0.9287, 1)]
    [InlineData(81, 263, 0.2553, 0.3662)]
    public void Wilson_PublishedCounts_GivesThePublishedInterval(int count, int units, double low, double high)
    {
        var interval = Proportion.Wilson(count, units);
        Assert.Equal(low, interval.Low, 1e-4);
        Assert.Equal(high, interval.High, 1e-4);
    }

    // The interval is where the score test does not reject: |share - p| = z sqrt(p (1 - p) / n) at both ends.
    [Fact]
    public void Wilson_AnyCount_EndsWhereTheScoreTestRejects() => Gen.Select(Gen.Int[1, 400], Gen.Double[0, 1], Gen.Double[0.001, 0.2]).ForCases(200, (units, share, error) =>
    {
        var count = (int)(share * (units + 0.999));
        var interval = Proportion.Wilson(count, units, error);
        var z = NormalDistribution.Quantile(1 - error);
        foreach (var end in new[] { interval.Low, interval.High })
        {
            Assert.InRange(end, 0, 1);
            if (end is 0 or 1) continue;
            Assert.Equal(z * Math.Sqrt(end * (1 - end) / units), Math.Abs((double)count / units - end), 1e-9);
        }
        Assert.True(interval.Contains((double)count / units));
    });

    // Two groups with scores 0 and 1: the square is Pearson's chi-square of the 2 x 2 table, here 40 (12·5 - 8·15)² / (20·20·27·13), by hand.
    [Fact]
    public void Trend_TwoGroups_IsTheRootOfPearsonsChiSquare()
    {
        var z = Proportion.Trend([12, 15], [20, 20], [0, 1]);
        Assert.Equal(Math.Sqrt(40.0 * (12 * 5 - 8 * 15) * (12 * 5 - 8 * 15) / (20.0 * 20 * 27 * 13)), z, 1e-12);
    }

    [Fact]
    public void Trend_Falling_IsNegativeAndScoresMayBeScaled()
    {
        var falling = Proportion.Trend([9, 5, 1], [10, 10, 10], [0, 4, 8]);
        Assert.True(falling < -3);
        Assert.Equal(falling, Proportion.Trend([9, 5, 1], [10, 10, 10], [1, 2, 3]), 1e-12);
    }

    [Fact]
    public void Trend_AllAlike_IsZero() => Assert.Equal(0, Proportion.Trend([0, 0], [10, 10], [0, 1]));

    [Fact]
    public void Arguments_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(1, 2, 0.5));
        Assert.Throws<ArgumentException>(() => Proportion.Trend([1, 2], [3, 3], [5, 5]));
        Assert.Throws<ArgumentException>(() => Proportion.Trend([1, 2], [3, 3], [5]));
    }
}
