namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>A table of numbers shown by strength of colour: who beats whom, where an agent stays, what two settings do together.</summary>
/// <param name="Name">As in <see cref="Plot"/>.</param>
/// <param name="Title">As in <see cref="Plot"/>.</param>
/// <param name="X">What the columns are.</param>
/// <param name="Y">What the rows are.</param>
/// <param name="Columns">Labels from left to right; at least one.</param>
/// <param name="Rows">Labels from top to bottom; at least one.</param>
/// <param name="Values">Rows × columns, row by row; a cell that is not finite stays empty.</param>
/// <param name="Measure">What the numbers are.</param>
public sealed record HeatmapPlot(
    string Name, string Title, Axis X, Axis Y, IReadOnlyList<string> Columns, IReadOnlyList<string> Rows, IReadOnlyList<double> Values, Axis Measure) : Plot(Name, Title)
{
    /// <summary>The number that gets no colour, with one colour above it and another below: 0 for differences, ½ for shares of wins. <see langword="null"/>: the least number is palest.</summary>
    public double? Centre { get; init; }
}
