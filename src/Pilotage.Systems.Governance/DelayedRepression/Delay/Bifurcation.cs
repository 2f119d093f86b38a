namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>What the delay equation itself says about its bifurcation: nothing here knows the closed form.</summary>
internal static class Bifurcation
{
    private const double SmallPush = 1e-5;               // small enough for the linear part to decide, large beside the solver's error
    private const double GrowthTolerance = 1e-11;
    private const int SamplesPerDelay = 24;

    /// <summary>The delay at which small disturbances neither grow nor fade, found by bisection on the late amplitude.</summary>
    /// <param name="loop">A loop with an interior equilibrium.</param>
    /// <param name="precision">Relative width at which the bisection ends.</param>
    public static double MeasuredCriticalDelay(FeedbackLoop loop, double precision = 1e-3)
    {
        var high = 1e-3;
        while (!IsGrowing(loop, high)) high *= 2;
        var low = high / 2;
        while (high - low > precision * high)
        {
            var middle = (low + high) / 2;
            if (IsGrowing(loop, middle)) high = middle;
            else low = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>How far the late solution swings.</summary>
    /// <param name="loop">A loop with an interior equilibrium.</param>
    /// <param name="delay">At least 0.</param>
    /// <param name="horizon">Time until which it is solved.</param>
    /// <param name="window">The last part, in which the swing is measured.</param>
    /// <param name="push">Distance of the constant history from the equilibrium.</param>
    /// <returns>Half the distance between the extremes of the window, and the extremes of the whole solution.</returns>
    public static Swing LateSwing(FeedbackLoop loop, double delay, double horizon, double window, double push = 0.05)
    {
        var solver = new DelaySolver(loop.Slope, delay, loop.Equilibrium + push);
        solver.AdvanceTo(horizon);
        var spacing = Math.Min(window / 400, delay > 0 ? delay / SamplesPerDelay : window / 400);
        var (low, high) = Extremes(solver, horizon - window, horizon, spacing);
        var (lowest, highest) = Extremes(solver, 0, horizon, spacing);
        return new((high - low) / 2, lowest, highest);
    }

    // A period is about four delays near the crossing: disturbances are compared some twenty periods apart, after what is not the leading mode has faded.
    private static bool IsGrowing(FeedbackLoop loop, double delay)
    {
        var rest = loop.Equilibrium;
        var solver = new DelaySolver(loop.Slope, delay, rest + SmallPush, GrowthTolerance);
        solver.AdvanceTo(160 * delay);
        var late = Farthest(solver, rest, 140 * delay, 160 * delay);
        // Far beyond the crossing both windows lie on the cycle itself, and neither is larger.
        return late > 10 * SmallPush || late > Farthest(solver, rest, 60 * delay, 80 * delay);

        static double Farthest(DelaySolver solver, double rest, double from, double to)
        {
            var (low, high) = Extremes(solver, from, to, (to - from) / (20 * SamplesPerDelay));
            return Math.Max(high - rest, rest - low);
        }
    }

    private static (double Low, double High) Extremes(DelaySolver solver, double from, double to, double spacing)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var time = from; time <= to; time += spacing)
        {
            var x = solver.At(time);
            (low, high) = (Math.Min(low, x), Math.Max(high, x));
        }
        return (low, high);
    }
}
