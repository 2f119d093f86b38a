using CsCheck;
using Pilotage.Evaluation.Statistics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

public sealed class SignTestTests
{
    // Ten units, nine above: P(at most 1 of 10 heads) = 11/1024.
    [Fact]
    public void PAbove_NineOfTen_IsTheBinomialTail() => Assert.Equal(11.0 / 1024, new SignTest([-1, 1, 2, 3, 4, 5, 6, 7, 8, 9]).PAbove(0), 1e-15);

    // For ten units P(at most 1) = .0107 fits under .025, P(at most 2) = .0547 does not: the second smallest and second greatest.
    [Fact]
    public void Bounds_TenUnits_AreTheSecondFromEachEnd() => Assert.Equal(new(2, 9), new SignTest([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).Bounds(0.025));

    [Fact]
    public void Bounds_AnyUnits_AgreeWithTheTest() =>
        Gen.Select(Gen.Double[-5, 10].Array[1, 20], Gen.Double[0.001, 0.4], Gen.Double[-6, 11]).ForCases(100, (units, error, border) =>
        {
            var test = new SignTest(units);
            Assert.Equal(border < test.Bounds(error).Low, test.PAbove(border) <= error * (1 + 1e-9));              // an error of exactly P is met by rounding
            Assert.Equal(border > test.Bounds(error).High, test.PBelow(border) <= error * (1 + 1e-9));
        });
}
