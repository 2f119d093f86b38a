namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>Lines over a common x: learning curves.</summary>
/// <param name="Name">As in <see cref="Plot"/>.</param>
/// <param name="Title">As in <see cref="Plot"/>.</param>
/// <param name="X">What runs to the right.</param>
/// <param name="Y">What runs upwards.</param>
/// <param name="Series">At least one.</param>
public sealed record LinePlot(string Name, string Title, Axis X, Axis Y, IReadOnlyList<LineSeries> Series) : Plot(Name, Title)
{
    /// <summary>Levels to compare with, drawn from edge to edge: the heuristic's mean, the bar of the field.</summary>
    public IReadOnlyList<(string Name, double Value)> Levels { get; init; } = [];
}
