using System.Numerics;
using Pilotage.Systems.Governance.DelayedRepression;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.DelayedRepression.Delay;

public sealed class HopfPointTests
{
    [Fact]
    public void Paper_Loop_HasTheKnownRestRateAndCriticalDelay()
    {
        var hopf = HopfPoint.Of(FeedbackLoop.Paper);
        Assert.Equal(0.72 + 0.1 * Math.Log(0.4), hopf.Equilibrium, 1e-12);
        Assert.Equal(0.6283709, hopf.Equilibrium, 1e-7);
        Assert.Equal(3.3360129, hopf.Rate, 1e-7);
        Assert.Equal(0.4708604, hopf.CriticalDelay, 1e-7);
        Assert.Equal(4 * hopf.CriticalDelay, hopf.Period, 1e-12);
    }

    [Fact]
    public void Rest_HalfBenefit_IsTheThresholdForEverySharpness()
    {
        foreach (var k in new[] { 2.0, 10, 50 })
        {
            var hopf = HopfPoint.Of(new(3, 6, k, 0.4));
            Assert.Equal(0.4, hopf.Equilibrium, 1e-12);
            Assert.Equal(Math.PI / (k * 3 * 0.4 * 0.6), hopf.CriticalDelay, 1e-12);
        }
    }

    [Fact]
    public void CriticalDelay_TwiceAsSharpOrFaster_IsShorterInProportion()
    {
        Assert.Equal(HopfPoint.Of(new(3, 6, 10, 0.4)).CriticalDelay / 2, HopfPoint.Of(new(3, 6, 20, 0.4)).CriticalDelay, 1e-12);
        Assert.Equal(HopfPoint.Of(new(2, 7, 10, 0.72)).CriticalDelay / 5, HopfPoint.Of(new(10, 35, 10, 0.72)).CriticalDelay, 1e-12);
    }

    [Fact]
    public void Roots_AtTheCriticalDelay_LieOnTheImaginaryAxisAndCrossAtTheStatedSpeed()
    {
        foreach (var loop in RandomLoops.Draw(20, SeedTree.Root(1)))
        {
            var hopf = HopfPoint.Of(loop);
            var (b, delay, root) = (hopf.Rate, hopf.CriticalDelay, new Complex(0, hopf.Rate));
            Assert.Equal(0, Complex.Abs(root + b * Complex.Exp(-root * delay)), 1e-12 * Math.Max(1, b));
            // Implicit derivative of lambda + b exp(-lambda delay) = 0.
            var speed = -root * root / (1 + root * delay);
            Assert.Equal(hopf.CrossingSpeed, speed.Real, 1e-10 * hopf.CrossingSpeed);
        }
    }

    // b is C x* (1 - x*) p'(x*): the slope of x' in what is seen, by central differences.
    [Fact]
    public void Rate_AnyLoop_IsTheSlopeInWhatIsSeen()
    {
        foreach (var loop in RandomLoops.Draw(20, SeedTree.Root(2)))
        {
            var hopf = HopfPoint.Of(loop);
            const double h = 1e-6;
            var slope = (loop.Slope(hopf.Equilibrium, hopf.Equilibrium + h) - loop.Slope(hopf.Equilibrium, hopf.Equilibrium - h)) / (2 * h);
            Assert.Equal(-hopf.Rate, slope, 1e-6 * hopf.Rate);
            Assert.Equal(0, loop.Slope(hopf.Equilibrium, hopf.Equilibrium), 1e-12);
        }
    }

    [Fact]
    public void Bracket_OverAGrid_IsPositiveSoEveryBifurcationIsSupercritical()
    {
        Assert.Equal(5 * Math.PI / 4, HopfPoint.Curvature(0.5), 1e-12);
        for (var rho = 0.01; rho < 1; rho += 0.07)
            for (var k = 0.1; k <= 1e4; k *= 10)
                for (var rest = 0.01; rest < 1; rest += 0.07)
                    Assert.True(HopfPoint.Bracket(rho, k, rest) > 0);
        Assert.True(HopfPoint.Of(FeedbackLoop.Paper).Direction > 0);
        Assert.True(HopfPoint.Of(FeedbackLoop.Paper).CycleStability < 0);
    }

    [Theory]
    [InlineData(0, 7, 10, 0.5)]
    [InlineData(7, 7, 10, 0.5)]
    [InlineData(2, 7, 0, 0.5)]
    [InlineData(2, 7, 10, 0)]
    [InlineData(2, 7, 10, 1)]
    [InlineData(0.01, 7, 2, 0.5)]               // a / C below p(0)
    [InlineData(6.99, 7, 2, 0.5)]               // above p(1)
    [InlineData(double.NaN, 7, 10, 0.5)]
    public void Problems_LoopsWithoutInteriorRest_AreTold(double a, double c, double k, double threshold) => Assert.NotEmpty(new FeedbackLoop(a, c, k, threshold).Problems("here"));

    [Fact]
    public void Response_FarFromTheThreshold_DoesNotOverflow()
    {
        var loop = new FeedbackLoop(2, 7, 1e4, 0.5);
        Assert.Equal((0, 1), (loop.Response(0), loop.Response(1)));
    }
}
