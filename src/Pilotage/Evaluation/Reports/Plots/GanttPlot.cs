namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>Who did what when: bars over a common time axis, in rows of machines, people, lines.</summary>
/// <param name="Name">As in <see cref="Plot"/>.</param>
/// <param name="Title">As in <see cref="Plot"/>.</param>
/// <param name="X">Time, with its unit.</param>
/// <param name="Rows">Labels from top to bottom; at least one.</param>
/// <param name="Bars">In the order of their groups' first appearance groups get colours. Bars of a row that overlap in time lie one below the other.</param>
public sealed record GanttPlot(string Name, string Title, Axis X, IReadOnlyList<string> Rows, IReadOnlyList<GanttBar> Bars) : Plot(Name, Title);
