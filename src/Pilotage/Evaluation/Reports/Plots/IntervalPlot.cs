namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>Estimates with their intervals, one to a row: arms, or differences.</summary>
/// <param name="Name">As in <see cref="Plot"/>.</param>
/// <param name="Title">As in <see cref="Plot"/>.</param>
/// <param name="X">What is estimated.</param>
/// <param name="Rows">From top to bottom; at least one.</param>
public sealed record IntervalPlot(string Name, string Title, Axis X, IReadOnlyList<IntervalRow> Rows) : Plot(Name, Title)
{
    /// <summary>Where "no difference" is, or the reference's mean; <see langword="null"/> for no line.</summary>
    public double? Reference { get; init; }

    /// <summary>What the line is: "threshold-default".</summary>
    public string ReferenceName { get; init; } = "";
}
