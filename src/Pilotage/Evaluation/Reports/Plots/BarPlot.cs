namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>Bars to the right, one to a row, each of one or more parts: shares of time, costs by kind.</summary>
/// <param name="Name">As in <see cref="Plot"/>.</param>
/// <param name="Title">As in <see cref="Plot"/>.</param>
/// <param name="X">What the bars measure.</param>
/// <param name="Rows">Labels of the bars, from top to bottom.</param>
/// <param name="Parts">What the bars are made of, from left to right; one part makes plain bars.</param>
public sealed record BarPlot(string Name, string Title, Axis X, IReadOnlyList<string> Rows, IReadOnlyList<BarPart> Parts) : Plot(Name, Title);
