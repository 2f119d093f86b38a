using Pilotage.Systems.Governance.DelayedRepression;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.DelayedRepression;

public sealed class RegimeTests
{
    private static Regime Of(Func<int, double> share) => Regime.Of([.. Enumerable.Range(0, 500).Select(share)], 0.40);

    [Fact]
    public void Label_Constant_IsStable() => Assert.True(Of(_ => 0.2).IsStable);

    // The case that tells the two rules apart: a start above the limit, and a calm second half.
    [Fact]
    public void Label_StartAboveTheLimit_IsRunawayByTheWholeRunAlone()
    {
        var regime = Of(step => step < 20 ? 0.404 : 0.226);
        Assert.True(regime.IsRunawayFull);
        Assert.False(regime.IsRunawayTail);
        Assert.False(regime.IsStable);
        Assert.False(regime.IsOscillatory);
    }

    [Theory]
    [InlineData(249, false)]
    [InlineData(250, true)]
    public void Label_OneStepAboveTheLimit_IsOfTheTailFromTheMiddleOn(int above, bool isTail) => Assert.Equal(isTail, Of(step => step == above ? 0.5 : 0.2).IsRunawayTail);

    [Fact]
    public void Label_TheLimitItself_IsNotAbove() => Assert.False(Of(_ => 0.40).IsRunawayFull);

    [Fact]
    public void Label_LastStepAlone_CountsInBothRules()
    {
        var regime = Of(step => step == 499 ? 0.41 : 0.1);
        Assert.True(regime.IsRunawayFull && regime.IsRunawayTail);
    }

    [Theory]
    [InlineData(0.045, true)]           // swings by 0.09 in one line of the spectrum
    [InlineData(0.035, false)]          // too small to count
    [InlineData(0.065, true)]           // wide enough whatever its shape
    public void Label_Sine_OscillatesFromItsAmplitudeOn(double amplitude, bool oscillates) =>
        Assert.Equal(oscillates, Of(step => 0.2 + amplitude * Math.Sin(2 * Math.PI * step / 25)).IsOscillatory);

    [Fact]
    public void Label_NoiseOfTheSameSwing_DoesNotOscillate()
    {
        var random = SeedTree.Root(1).Start();
        var noise = Enumerable.Range(0, 500).Select(_ => random.NextUniform(0.155, 0.245)).ToArray();
        Assert.False(Regime.Of(noise, 0.4).IsOscillatory);
    }

    // 3 turns in 60 values and 5 turns of half the height: powers 4 to 1.
    [Fact]
    public void StrongestLine_TwoSines_IsTheShareOfTheGreater()
    {
        double[] values = [.. Enumerable.Range(0, 60).Select(i => Math.Sin(2 * Math.PI * 3 * i / 60) + 0.5 * Math.Cos(2 * Math.PI * 5 * i / 60))];
        Assert.Equal(0.8, Regime.StrongestLine(values, 0), 1e-9);
        Assert.Equal(0, Regime.StrongestLine(new double[60], 0));
    }
}
