using Pilotage.Evaluation.Statistics;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

public sealed class NormalDistributionTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.6914624612740131)]
    [InlineData(1, 0.84134474606854295)]
    [InlineData(1.96, 0.97500210485177956)]
    [InlineData(2.9, 0.99813418669961596)]
    [InlineData(-3.1, 0.0009676032132183566)]
    [InlineData(-6, 9.8658764503769814e-10)]
    public void Cdf_KnownPoint_GivesTheTableValue(double z, double expected) => Assert.Equal(expected, NormalDistribution.Cdf(z), 1e-12 * expected);

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.6, 0.2533471031357998)]
    [InlineData(0.9, 1.2815515655446005)]
    [InlineData(0.975, 1.9599639845400542)]
    [InlineData(0.995, 2.5758293035489008)]
    [InlineData(1e-4, -3.7190164854556806)]
    [InlineData(1e-9, -5.9978070150076869)]
    public void Quantile_KnownShare_GivesTheTableValue(double p, double expected) => Assert.Equal(expected, NormalDistribution.Quantile(p), 1e-11);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Quantile_OutOfRange_IsRefused(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(p));
}
