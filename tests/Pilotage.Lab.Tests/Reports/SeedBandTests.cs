using Pilotage.Lab.Reports;
using Xunit;

namespace Pilotage.Lab.Tests.Reports;

public sealed class SeedBandTests
{
    [Fact]
    public void Of_TwoSeeds_IsTheMeanWithTheIntervalOnStepsThatBothReached()
    {
        var band = SeedBand.Of("ppo", [new([(0, 0), (100, 100)]), new([(50, 52), (150, 152)])]);

        Assert.Equal((50.0, 100.0), (band.X[0], band.X[^1]));
        Assert.Equal(51, band.Y[0], 1e-9);                               // between 50, interpolated, and 52
        // t interval of two values 2 apart: 12.7062 (97.5 % of one degree) times their standard error of 1.
        Assert.Equal(51 - 12.7062, band.Low[0], 1e-3);
        Assert.Equal(51 + 12.7062, band.High[0], 1e-3);
    }

    [Fact]
    public void Of_OneSeedOrNone_HasNoBand()
    {
        Assert.Empty(SeedBand.Of("a", [new([(0, 1), (10, 2)])]).Low);
        Assert.Empty(SeedBand.Of("a", [new([])]).X);
    }
}
