using Pilotage.Evaluation.Statistics;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

// Expected values: computed with 25 digits by an arbitrary-precision library; they agree with Abramowitz and Stegun's tables where those print them.
public sealed class SpecialFunctionsTests
{
    [Theory]
    [InlineData(0.01, 4.5994798780420217)]
    [InlineData(0.5, 0.57236494292470009)]
    [InlineData(1, 0)]
    [InlineData(4.5, 2.4537365708424422)]
    [InlineData(10, 12.80182748008147)]
    [InlineData(123.4, 469.33609744219056)]
    public void LogGamma_KnownArgument_GivesTheTableValue(double x, double expected) =>
        Assert.Equal(expected, SpecialFunctions.LogGamma(x), 1e-13 * Math.Max(1, expected));

    [Theory]
    [InlineData(2, 3, 0.4, 0.5248)]
    [InlineData(0.5, 0.5, 0.3, 0.36901011956554538)]
    [InlineData(10, 1, 0.9, 0.3486784401)]
    [InlineData(50, 60, 0.45, 0.46423529143060354)]
    [InlineData(500, 0.5, 0.999, 0.31731044730971737)]
    [InlineData(3, 4, 0, 0)]
    [InlineData(3, 4, 1, 1)]
    public void IncompleteBeta_KnownArguments_GivesTheTableValue(double a, double b, double x, double expected) =>
        Assert.Equal(expected, SpecialFunctions.IncompleteBeta(a, b, x), 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void LogGamma_OutOfRange_IsRefused(double x) => Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.LogGamma(x));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void IncompleteBeta_OutOfRange_IsRefused(double x) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.IncompleteBeta(1, 1, x));
}
