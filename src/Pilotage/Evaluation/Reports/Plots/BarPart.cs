namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>One part of every bar.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Values">One per bar, at least 0.</param>
public sealed record BarPart(string Name, IReadOnlyList<double> Values);
