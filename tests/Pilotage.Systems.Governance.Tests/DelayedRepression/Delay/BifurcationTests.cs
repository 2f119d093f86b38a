using Pilotage.Systems.Governance.DelayedRepression;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.DelayedRepression.Delay;

public sealed class BifurcationTests
{
    [Fact]
    public void MeasuredCriticalDelay_RandomLoops_IsThatOfTheFormula()
    {
        foreach (var loop in RandomLoops.Draw(3, SeedTree.Root(3)).Append(FeedbackLoop.Paper))
            Assert.Equal(1, Bifurcation.MeasuredCriticalDelay(loop, 2e-3) / HopfPoint.Of(loop).CriticalDelay, 0.005);
    }

    // Of the first Lyapunov coefficient: squared amplitude = 4 (delay - critical) / mu2 to first order.
    [Fact]
    public void LateSwing_JustBeyond_HasTheAmplitudeOfTheFirstLyapunovCoefficient()
    {
        var (loop, hopf) = (FeedbackLoop.Paper, HopfPoint.Of(FeedbackLoop.Paper));
        var swing = Bifurcation.LateSwing(loop, 1.01 * hopf.CriticalDelay, 1200, 20);
        Assert.Equal(1, swing.Amplitude / hopf.Amplitude(1.01 * hopf.CriticalDelay), 0.03);
        Assert.True(swing.Lowest > 0 && swing.Highest < 1);
    }

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(0.9, true)]
    [InlineData(1.2, false)]
    public void LateSwing_OnBothSides_RestsOrCycles(double multiple, bool rests)
    {
        var swing = Bifurcation.LateSwing(FeedbackLoop.Paper, multiple * HopfPoint.Of(FeedbackLoop.Paper).CriticalDelay, 200, 20);
        Assert.Equal(rests, swing.Amplitude < 1e-6);
    }

    // x(1) = x(0) + step x(0)(1 - x(0))(a - C p(x(-1))), x(-1) = x(0); by hand for two steps at a delay of one step.
    [Fact]
    public void EulerMap_TwoSteps_SeesTheHistoryThenItself()
    {
        var (loop, start, step) = (FeedbackLoop.Paper, 0.6, 0.1);
        var path = EulerMap.Run(loop, step, 1, start, 3);
        var first = start + step * start * (1 - start) * (2 - 7 * loop.Response(start));
        var second = first + step * first * (1 - first) * (2 - 7 * loop.Response(start));
        var third = second + step * second * (1 - second) * (2 - 7 * loop.Response(first));
        Assert.Equal(first, path[0], 1e-15);
        Assert.Equal(second, path[1], 1e-15);
        Assert.Equal(third, path[2], 1e-15);
    }

    [Fact]
    public void EulerMap_SmallSteps_ApproachTheSolver()
    {
        var solver = new DelaySolver(FeedbackLoop.Paper.Slope, 0.4, 0.68);
        solver.AdvanceTo(5);
        double Error(double step) => Math.Abs(EulerMap.Run(FeedbackLoop.Paper, step, (int)Math.Round(0.4 / step), 0.68, (int)Math.Round(5 / step))[^1] - solver.Value);
        Assert.InRange(Error(0.001) / Error(0.002), 0.4, 0.6);       // of first order
    }
}
