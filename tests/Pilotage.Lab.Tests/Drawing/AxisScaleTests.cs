using Pilotage.Lab.Drawing;
using Xunit;

namespace Pilotage.Lab.Tests.Drawing;

public sealed class AxisScaleTests
{
    [Theory]
    [InlineData(0, 100, "0 20 40 60 80 100")]
    [InlineData(-0.3, 0.5, "−0.4 −0.2 0 0.2 0.4 0.6")]
    [InlineData(0, 40_000, "0 10k 20k 30k 40k")]
    [InlineData(0, 2_000_000, "0 0.5M 1.0M 1.5M 2.0M")]
    [InlineData(7, 7, "6.0 6.5 7.0 7.5 8.0")]
    [InlineData(0, 0.001, "0 0.0002 0.0004 0.0006 0.0008 0.0010")]
    public void Ticks_AreRoundAndHoldTheValues(double low, double high, string expected)
    {
        var scale = AxisScale.Over([low, high, double.NaN], 0, 250, 50, isRounded: true);

        Assert.Equal(expected, string.Join(" ", scale.Ticks.Select(scale.Text)));
        Assert.InRange(low, scale.Low, scale.High);
        Assert.InRange(high, scale.Low, scale.High);
    }

    [Fact]
    public void Of_Upwards_PutsTheLowerBoundBelow()
    {
        var scale = AxisScale.Over([0, 10], 200, 100, 20, isRounded: true);

        Assert.Equal((200.0, 150.0, 100.0), (scale.Of(0), scale.Of(5), scale.Of(10)));
    }
}
