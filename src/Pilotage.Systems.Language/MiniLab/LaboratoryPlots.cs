using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Language.MiniLab;

/// <summary>Figures that the studies of the laboratory share.</summary>
internal static class LaboratoryPlots
{
    /// <summary>A curve of each arm over steps, mean over training seeds with the range from lowest to highest.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="name">As in <see cref="Plot"/>.</param>
    /// <param name="title">As in <see cref="Plot"/>.</param>
    /// <param name="task">The laboratory's task, the first part of the instances.</param>
    /// <param name="metric">One of the curve metrics.</param>
    /// <param name="y">What it is.</param>
    /// <param name="arms">Arms with the names that the legend shows; those that were not run are left out.</param>
    /// <returns>The figure.</returns>
    public static LinePlot Curve(StudyResults results, string name, string title, string task, string metric, string y, IReadOnlyList<(string Arm, string Shown)> arms) =>
        new(name, title, new("steps"), new(y), [.. arms.Where(arm => results.SeedsOf(arm.Arm).Count > 0).Select(arm => Line(results, task, metric, arm.Arm, arm.Shown))])
        {
            Note = "Means over training seeds, bands from the lowest to the highest.",
        };

    private static LineSeries Line(StudyResults results, string task, string metric, string arm, string shown)
    {
        var points = results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric))
            .GroupBy(point => int.Parse(point.Key.AsSpan(task.Length + 1), CultureInfo.InvariantCulture), point => point.Value).OrderBy(group => group.Key).ToList();
        return new(shown, [.. points.Select(group => (double)group.Key)], [.. points.Select(group => group.Average())])
        {
            Low = [.. points.Select(group => group.Min())],
            High = [.. points.Select(group => group.Max())],
        };
    }
}
