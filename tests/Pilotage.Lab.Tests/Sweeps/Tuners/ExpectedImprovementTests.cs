using Pilotage.Lab.Sweeps.Tuners;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps.Tuners;

public sealed class ExpectedImprovementTests
{
    [Fact]
    public void Of_AtTheBest_IsTheDeviationOverRootTwoPi() => Assert.Equal(2 / Math.Sqrt(2 * Math.PI), ExpectedImprovement.Of(7, 2, 7), 14);

    [Fact]
    public void Of_AKnownValue_IsWhatItIsAbove()
    {
        Assert.Equal(3, ExpectedImprovement.Of(10, 0, 7));
        Assert.Equal(0, ExpectedImprovement.Of(5, 0, 7));
    }

    [Fact]
    public void Of_FarAboveAndFarBelow_IsTheDifferenceAndNothing()
    {
        Assert.Equal(30, ExpectedImprovement.Of(40, 1, 10), 12);
        Assert.Equal(0, ExpectedImprovement.Of(-40, 1, 10));
        Assert.Equal(1, ExpectedImprovement.Of(1, 1, 0) - ExpectedImprovement.Of(-1, 1, 0), 13);       // EI(d) - EI(-d) = d
    }

    [Theory]
    [InlineData(0.3, 0.8, 0.5)]
    [InlineData(-1.2, 2.0, 0.4)]
    [InlineData(2.0, 0.1, 1.7)]
    public void Of_IsTheIntegral(double mean, double deviation, double best)
    {
        var sum = 0.0;
        const int steps = 200_000;
        for (var i = 0; i < steps; i++)
        {
            var z = -10 + 20 * (i + 0.5) / steps;
            sum += Math.Max(0, mean + deviation * z - best) * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * 20 / steps;
        }

        Assert.Equal(sum, ExpectedImprovement.Of(mean, deviation, best), 8);
    }

    // d EI / d mean = cdf(z), d EI / d deviation = density(z): by central differences.
    [Fact]
    public void Of_GradientsAreCdfAndDensity()
    {
        const double h = 1e-6, z = (0.3 - 0.5) / 0.8;

        Assert.Equal(Evaluation.Statistics.NormalDistribution.Cdf(z), (ExpectedImprovement.Of(0.3 + h, 0.8, 0.5) - ExpectedImprovement.Of(0.3 - h, 0.8, 0.5)) / (2 * h), 8);
        Assert.Equal(Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI), (ExpectedImprovement.Of(0.3, 0.8 + h, 0.5) - ExpectedImprovement.Of(0.3, 0.8 - h, 0.5)) / (2 * h), 8);
    }
}
