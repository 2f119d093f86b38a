using CsCheck;
using Pilotage.Evaluation.Statistics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

public sealed class SignFlipTests
{
    // By hand, differences 3, 1, -1 (sum 3): the eight sums are 3, 5, 1, 3, -3, -1, -5, -3; those at least 3: 3, 5, 3.
    [Fact]
    public void PAbove_ThreeUnitsByHand_CountsSumsAtLeastAsLarge() => Assert.Equal(3.0 / 8, new SignFlip([3, 1, -1]).PAbove(0));

    [Fact]
    public void PBelow_ThreeUnitsByHand_CountsSumsAtMostAsLarge() => Assert.Equal(7.0 / 8, new SignFlip([3, 1, -1]).PBelow(0));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(12)]
    public void PAbove_AllUnitsAbove_IsTheSmallestP(int units)
    {
        var test = new SignFlip([.. Enumerable.Range(1, units).Select(i => (double)i)]);
        Assert.Equal(Math.Pow(2, -units), test.PAbove(0));
        Assert.Equal(test.SmallestP, test.PAbove(0));
        Assert.Equal(1, test.PBelow(0));
    }

    [Fact]
    public void PAbove_SumThatRoundsBesideZero_CountsAsTie() => Assert.Equal(new SignFlip([1, 2, -3]).PAbove(0), new SignFlip([0.1, 0.2, -0.3]).PAbove(0));

    // Eight units: 1/256 errs at each end at the level 2/256, so the interval ends at the extreme units; the second pair of means comes next.
    [Fact]
    public void Bounds_AtTheSmallestLevel_AreTheExtremeUnits()
    {
        var test = new SignFlip([4, 8, 2, 6, 1, 9, 5, 7]);
        Assert.Equal(new(1, 9), test.Bounds(1.0 / 256));
        Assert.Equal(new(1.5, 8.5), test.Bounds(2.0 / 256));
        Assert.Equal(Interval.Everything, test.Bounds(0.99 / 256));
    }

    [Fact]
    public void Bounds_AnyUnits_AgreeWithTheTest() =>
        Gen.Select(Gen.Double[-5, 10].Array[1, 9], Gen.Double[0.001, 0.5], Gen.Double[-6, 11]).ForCases(100, (units, error, border) =>
        {
            var test = new SignFlip(units);
            var bounds = test.Bounds(error);
            Assert.Equal(border < bounds.Low, test.PAbove(border) <= error);
            Assert.Equal(border > bounds.High, test.PBelow(border) <= error);
        });

    [Fact]
    public void PAbove_BruteForce_IsTheSame() =>
        Gen.Select(Gen.Int[-4, 6].Array[1, 8], Gen.Int[-3, 3]).ForCases(100, (units, border) =>
        {
            var observed = units.Sum(u => u - border);
            var count = 0;
            for (var pattern = 0; pattern < 1 << units.Length; pattern++)
            {
                if (units.Select((u, i) => (pattern >> i & 1) == 1 ? border - u : u - border).Sum() >= observed) count++;
            }
            Assert.Equal(count / (double)(1 << units.Length), new SignFlip([.. units.Select(u => (double)u)]).PAbove(border));
        });

    [Fact]
    public void Construction_NoneOrTooManyUnits_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignFlip([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignFlip(new double[SignFlip.MaximumUnits + 1]));
    }
}
