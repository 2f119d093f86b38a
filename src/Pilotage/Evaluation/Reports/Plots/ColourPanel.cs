namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>One panel of a <see cref="ColourPlot"/>.</summary>
/// <param name="Name">Above it.</param>
/// <param name="Points">In any order.</param>
public sealed record ColourPanel(string Name, IReadOnlyList<ColourPoint> Points);
