using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Lab.Reports;

/// <summary>Learning curves of several training seeds as one line with a band.</summary>
public static class SeedBand
{
    private const int Places = 200;
    private const double ErrorPerEnd = 0.025;           // a band of 95 % at each place

    /// <summary>Mean over seeds with its 95 % t interval, on a common grid of steps that all seeds reached.</summary>
    /// <param name="name">In the legend.</param>
    /// <param name="curves">One per training seed; those without points are left out.</param>
    /// <returns>The line; without band for one seed; empty if no curve has points.</returns>
    public static LineSeries Of(string name, IReadOnlyList<LearningCurve> curves)
    {
        var filled = curves.Where(curve => curve.Points.Count > 0).ToList();
        if (filled.Count == 0) return new(name, [], []);
        var (from, to) = (filled.Max(curve => curve.Points[0].Step), filled.Min(curve => curve.Points[^1].Step));
        if (to < from) return new(name, [], []);
        double[] steps = [.. Enumerable.Range(0, Places).Select(i => from + (to - from) * (double)i / (Places - 1))];
        var (mean, low, high) = (new double[Places], new double[Places], new double[Places]);
        for (var i = 0; i < Places; i++)
        {
            var inference = TInference.OfMean([.. filled.Select(curve => At(curve, steps[i]))]);
            var bounds = inference.Bounds(ErrorPerEnd);
            (mean[i], low[i], high[i]) = (inference.Estimate, bounds.Low, bounds.High);
        }
        return filled.Count == 1 ? new(name, steps, mean) : new(name, steps, mean) { Low = low, High = high };
    }

    // Between two points of a curve the straight line.
    private static double At(LearningCurve curve, double step)
    {
        var points = curve.Points;
        var after = 0;
        while (after < points.Count - 1 && points[after].Step < step) after++;
        if (after == 0 || points[after].Step <= step) return points[after].Return;
        var (before, next) = (points[after - 1], points[after]);
        return before.Return + (next.Return - before.Return) * (step - before.Step) / (next.Step - before.Step);
    }
}
