namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>The paper's discrete mean field: x(n + 1) = x(n) + step · x'(x(n), x(n - delay)), from a constant history.</summary>
/// <remarks>A step that is large beside 1 / b moves the bifurcation and can lead out of [0, 1]; nothing is clipped, so that this shows.</remarks>
internal static class EulerMap
{
    /// <summary>From here on the step is large beside the loop's rate: b · step above this is warned of.</summary>
    public const double LargestStep = 0.02;

    /// <summary>Iterates the map.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="step">Time of one step, above 0.</param>
    /// <param name="delay">In steps, at least 0.</param>
    /// <param name="start">x up to step 0.</param>
    /// <param name="steps">How many.</param>
    /// <returns>x after each step; the numbers may leave [0, 1] or be no numbers.</returns>
    public static double[] Run(FeedbackLoop loop, double step, int delay, double start, int steps)
    {
        var path = new double[steps];
        var share = start;
        for (var n = 0; n < steps; n++)
        {
            // x(n) is path[n - 1]; x(n - delay) is path[n - 1 - delay].
            share += step * loop.Slope(share, n - 1 - delay >= 0 ? path[n - 1 - delay] : start);
            path[n] = share;
        }
        return path;
    }
}
