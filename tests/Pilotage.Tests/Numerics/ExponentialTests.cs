using Pilotage.Numerics;
using Xunit;

namespace Pilotage.Tests.Numerics;

public sealed class ExponentialTests
{
    [Fact]
    public void Exp_OverTheWholeRange_IsWithinTwoUlpsOfThePlatforms()
    {
        var random = new Randomness(12);
        for (var i = 0; i < 200_000; i++) AssertClose(random.NextUniform(-708, 709.7));
        for (var i = -10_000; i <= 10_000; i++) AssertClose(i * 1e-4);
    }

    [Fact]
    public void Exp_AtTheEdges_FollowsTheConventions()
    {
        Assert.Equal(1, Exponential.Exp(0));
        Assert.Equal(0, Exponential.Exp(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, Exponential.Exp(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, Exponential.Exp(710));
        Assert.True(double.IsNaN(Exponential.Exp(double.NaN)));
    }

    [Theory, InlineData(2, 0.5), InlineData(1000, -0.6), InlineData(1, 7), InlineData(0.1, 3)]
    public void Power_PositiveBase_IsThePlatformsToTwelveDigits(double value, double power) =>
        Assert.Equal(Math.Pow(value, power), Exponential.Power(value, power), Math.Pow(value, power) * 1e-12);

    private static void AssertClose(double x)
    {
        var expected = Math.Exp(x);
        Assert.True(Math.Abs(Exponential.Exp(x) - expected) <= 2 * (Math.BitIncrement(expected) - expected), $"{x:R}");
    }
}
