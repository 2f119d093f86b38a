using CsCheck;
using Pilotage.Evaluation.Statistics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

public sealed class StudentTTests
{
    [Theory]
    [InlineData(0.975, 1, 12.7062047361747)]
    [InlineData(0.975, 7, 2.364624251592785)]
    [InlineData(0.995, 7, 3.499483297350494)]
    [InlineData(0.95, 4, 2.13184678632665)]
    [InlineData(0.9995, 10, 4.586893858702636)]
    [InlineData(0.975, 30, 2.042272456301238)]
    [InlineData(0.975, 120, 1.979930405082441)]
    [InlineData(0.6, 3, 0.2766706623326899)]
    [InlineData(0.975, 2.5, 3.574654842003683)]
    [InlineData(0.05, 4, -2.13184678632665)]
    [InlineData(0.5, 4, 0)]
    public void Quantile_KnownShare_GivesTheTableValue(double p, double degrees, double expected) =>
        Assert.Equal(expected, StudentT.Quantile(p, degrees), 1e-10 * Math.Max(1, Math.Abs(expected)));

    [Theory]
    [InlineData(2, 5, 0.050969739414929178)]
    [InlineData(40, 3, 1.7190340394579264e-5)]
    [InlineData(-1.5, 9, 1 - 0.08392532802853741)]
    [InlineData(double.PositiveInfinity, 3, 0)]
    [InlineData(double.NegativeInfinity, 3, 1)]
    public void UpperTail_KnownPoint_GivesTheTableValue(double t, double degrees, double expected) =>
        Assert.Equal(expected, StudentT.UpperTail(t, degrees), 1e-12 * Math.Max(expected, 1e-6));

    [Fact]
    public void Quantile_OfCdf_IsTheIdentity() =>
        Gen.Select(Gen.Double[-8, 8], Gen.Double[1, 60]).ForCases(100, (t, degrees) =>
            Assert.Equal(t, StudentT.Quantile(StudentT.Cdf(t, degrees), degrees), 1e-6 * Math.Max(1, Math.Abs(t))));      // p near 1 keeps only so many digits of t

    [Fact]
    public void UpperTail_WithoutDegrees_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.UpperTail(1, 0));
}
