namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>Something that went on in a row of a <see cref="GanttPlot"/> from one time to another.</summary>
/// <param name="Row">Index of its row.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
/// <param name="Group">What it belongs to: a job, an order. Bars of one group share a colour; colours repeat where groups are many.</param>
/// <param name="Label">Shown when it is pointed at.</param>
public sealed record GanttBar(int Row, double Start, double End, string Group, string Label);
