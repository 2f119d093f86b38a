namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>Labelled points in a plane: what each arm costs and what it gives.</summary>
/// <param name="Name">As in <see cref="Plot"/>.</param>
/// <param name="Title">As in <see cref="Plot"/>.</param>
/// <param name="X">What runs to the right.</param>
/// <param name="Y">What runs upwards.</param>
/// <param name="Points">At least one.</param>
public sealed record ScatterPlot(string Name, string Title, Axis X, Axis Y, IReadOnlyList<ScatterPoint> Points) : Plot(Name, Title)
{
    /// <summary>A line through some of the points, such as the Pareto front: ascending in x; empty for none.</summary>
    public IReadOnlyList<(double X, double Y)> Front { get; init; } = [];
}
