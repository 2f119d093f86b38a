using Pilotage.Systems.Language.DcpoDistribution;
using Xunit;

namespace Pilotage.Systems.Language.Tests.DcpoDistribution.Study;

public sealed class OscillationTests
{
    [Fact]
    public void Around_Sine_HasItsPeriodAndAmplitude()
    {
        var swing = Oscillation.Around([.. Enumerable.Range(0, 400).Select(i => 0.5 + 0.1 * Math.Sin(2 * Math.PI * (i + 0.5) / 20))], 0.5);
        Assert.Equal(20, swing.Period, 1e-9);
        Assert.Equal(0.1, swing.Amplitude, 0.003);
    }

    [Fact]
    public void Around_NeverCrossing_HasTheLengthAsItsPeriod() => Assert.Equal(new(4, 0), Oscillation.Around([1, 1, 1, 1], 2));
}
