using CsCheck;
using Pilotage.Evaluation.Statistics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

public sealed class EffectSizeTests
{
    [Fact]
    public void CohenD_WorkedExample_IsTheDifferenceInPooledDeviations() => Assert.Equal(2, EffectSize.CohenD([4, 5, 6], [2, 3, 4]), 1e-15);    // both variances 1

    [Fact]
    public void CohenD_UnequalSizes_PoolsByDegrees() =>
        Assert.Equal(-3 / Math.Sqrt((1 * 2.0 + 2 * 4.0) / 3), EffectSize.CohenD([1, 3], [3, 5, 7]), 1e-15);

    [Fact]
    public void CohenDPaired_WorkedExample_IsTheMeanInDeviations() => Assert.Equal(2, EffectSize.CohenDPaired([1, 2, 3]), 1e-15);

    [Fact]
    public void CohenD_NoSpread_IsZeroOrInfinite()
    {
        Assert.Equal(0, EffectSize.CohenD([1, 1], [1, 1]));
        Assert.Equal(double.NegativeInfinity, EffectSize.CohenDPaired([-1, -1]));
    }

    [Fact]
    public void ProbabilityOfImprovement_WithTies_CountsHalves() =>
        Assert.Equal((0.5 + 2 + 2.5) / 9, EffectSize.ProbabilityOfImprovement([1, 2, 3], [1, 1.5, 3]), 1e-15);

    [Fact]
    public void ProbabilityOfImprovement_BruteForce_IsTheSameAndTurnsRound() =>
        Gen.Select(Gen.Int[0, 5].Array[1, 10], Gen.Int[0, 5].Array[1, 10]).ForCases(100, (a, b) =>
        {
            var expected = a.SelectMany(x => b.Select(y => x > y ? 1 : x == y ? 0.5 : 0)).Average();
            var (asA, asB) = (a.Select(x => (double)x).ToArray(), b.Select(y => (double)y).ToArray());
            Assert.Equal(expected, EffectSize.ProbabilityOfImprovement(asA, asB), 1e-12);
            Assert.Equal(1 - expected, EffectSize.ProbabilityOfImprovement(asB, asA), 1e-12);
        });
}
