namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>One estimate.</summary>
/// <param name="Label">To its left.</param>
/// <param name="Estimate">The mark.</param>
/// <param name="Low">Lower end; <see langword="null"/> for none.</param>
/// <param name="High">Upper end; <see langword="null"/> for none.</param>
/// <param name="Kind">Gives the colour.</param>
public sealed record IntervalRow(string Label, double Estimate, double? Low, double? High, ArmKind Kind);
