namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>Several panels above each other over one time axis: load, machines, violations.</summary>
/// <param name="Name">As in <see cref="Plot"/>.</param>
/// <param name="Title">As in <see cref="Plot"/>.</param>
/// <param name="X">Time, with its unit.</param>
/// <param name="Panels">From top to bottom; at least one.</param>
public sealed record TimelinePlot(string Name, string Title, Axis X, IReadOnlyList<TimelinePanel> Panels) : Plot(Name, Title);
