namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>One panel of a timeline.</summary>
/// <param name="Y">What runs upwards.</param>
/// <param name="Series">At least one; a series of the same name has the same colour in all panels.</param>
public sealed record TimelinePanel(Axis Y, IReadOnlyList<LineSeries> Series);
