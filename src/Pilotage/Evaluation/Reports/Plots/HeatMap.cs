namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>One map of a <see cref="HeatMapPlot"/>.</summary>
/// <param name="Name">Above it.</param>
/// <param name="Columns">Cells to the right, at least 1.</param>
/// <param name="Cells">Amounts, at least 0: the lowest row first, each from left to right. A multiple of <paramref name="Columns"/>.</param>
public sealed record HeatMap(string Name, int Columns, IReadOnlyList<double> Cells)
{
    /// <summary>Cells upwards.</summary>
    public int Rows => Cells.Count / Columns;
}
