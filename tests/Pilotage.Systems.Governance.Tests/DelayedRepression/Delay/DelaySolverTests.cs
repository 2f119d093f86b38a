using Pilotage.Systems.Governance.DelayedRepression;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.DelayedRepression.Delay;

public sealed class DelaySolverTests
{
    // u' = -b u(t - d) from u = 1: by the method of steps 1 - b t up to d, then 1 - b t + b² (t - d)² / 2 up to 2 d, less b³ (t - 2 d)³ / 6 up to 3 d.
    [Fact]
    public void Linear_FirstThreeDelays_IsThePolynomialOfTheMethodOfSteps()
    {
        const double b = 1.3, d = 0.7;
        var solver = new DelaySolver((_, seen) => -b * seen, d, 1);
        solver.AdvanceTo(3 * d);
        for (var t = 0.0; t <= 3 * d; t += 0.01)
        {
            var exact = 1 - b * t;
            if (t > d) exact += b * b * Math.Pow(t - d, 2) / 2;
            if (t > 2 * d) exact -= b * b * b * Math.Pow(t - 2 * d, 3) / 6;
            Assert.Equal(exact, solver.At(t), 1e-12);
        }
    }

    [Fact]
    public void NoDelay_Exponential_IsTheOrdinaryEquation()
    {
        var solver = new DelaySolver((x, _) => -x, 0, 2, 1e-10);
        solver.AdvanceTo(5);
        for (var t = 0.0; t <= 5; t += 0.05) Assert.Equal(2 * Math.Exp(-t), solver.At(t), 2e-9);
    }

    [Fact]
    public void Tolerance_Tighter_GivesASmallerErrorWithMoreSteps()
    {
        var (loose, tight, exact) = (Solve(1e-4), Solve(1e-7), Solve(1e-12));
        Assert.True(loose.Steps < tight.Steps && tight.Steps < exact.Steps);
        Assert.True(Math.Abs(tight.Value - exact.Value) < 1e-5);
        Assert.True(Math.Abs(tight.Value - exact.Value) < Math.Abs(loose.Value - exact.Value) / 10);

        static DelaySolver Solve(double tolerance)
        {
            var solver = new DelaySolver(FeedbackLoop.Paper.Slope, 0.9, 0.7, tolerance);
            solver.AdvanceTo(20);
            return solver;
        }
    }

    // Up to b d = 1 / e a solution from a constant history never crosses 0; above it swings.
    [Theory]
    [InlineData(0.36, false)]
    [InlineData(0.42, true)]
    public void Linear_AtTheLimitOfSwinging_ChangesSignOnlyAbove(double product, bool swings)
    {
        var solver = new DelaySolver((_, seen) => -product * seen, 1, 1, 1e-12);
        solver.AdvanceTo(60);
        Assert.Equal(swings, Enumerable.Range(0, 6000).Any(i => solver.At(i / 100.0) < -1e-11));
    }

    [Fact]
    public void History_BeforeTheStart_IsWhatWasGiven() => Assert.Equal(0.4, new DelaySolver((x, _) => x, 1, 0.4).At(-3));

    [Fact]
    public void Blowup_FiniteTime_IsToldAndNotHung()
    {
        var solver = new DelaySolver((x, _) => x * x, 0, 1);
        Assert.Throws<RunFailedException>(() => solver.AdvanceTo(2));
    }

    [Fact]
    public void AdvanceTo_InPieces_GivesTheSameSolution()
    {
        var (whole, pieces) = (new DelaySolver(FeedbackLoop.Paper.Slope, 0.6, 0.7, 1e-11), new DelaySolver(FeedbackLoop.Paper.Slope, 0.6, 0.7, 1e-11));
        whole.AdvanceTo(10);
        for (var t = 1; t <= 10; t++) pieces.AdvanceTo(t);
        Assert.Equal(10, pieces.Time);
        Assert.Equal(whole.Value, pieces.Value, 1e-9);
    }
}
