namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>Points in a plane whose colour is a third number, in panels side by side over the same axes: one for each competitor.</summary>
/// <param name="Name">As in <see cref="Plot"/>.</param>
/// <param name="Title">As in <see cref="Plot"/>.</param>
/// <param name="X">What runs to the right.</param>
/// <param name="Y">What runs upwards.</param>
/// <param name="Colour">What the colour tells, from dark (low) to light (high); the same scale in all panels.</param>
/// <param name="Panels">At least one.</param>
public sealed record ColourPlot(string Name, string Title, Axis X, Axis Y, Axis Colour, IReadOnlyList<ColourPanel> Panels) : Plot(Name, Title);
