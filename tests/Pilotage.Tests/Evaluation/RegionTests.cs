using Pilotage.Evaluation;
using Xunit;

namespace Pilotage.Tests.Evaluation;

public sealed class RegionTests
{
    [Theory]
    [InlineData(double.NegativeInfinity, 1e-6, "below 1e-6")]
    [InlineData(-1e-10, double.PositiveInfinity, "above -1e-10")]
    [InlineData(double.NegativeInfinity, 1.000001, "below 1.000001")]
    [InlineData(-0.05, 0.05, "between -0.05 and 0.05")]
    [InlineData(0, double.PositiveInfinity, "above 0")]
    [InlineData(12345.678, double.PositiveInfinity, "above 12345.678")]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, "anywhere")]
    public void ToString_OfEachKind_HasAllDigitsOfItsBorders(double low, double high, string text) => Assert.Equal(text, new Region(low, high).ToString());
}
