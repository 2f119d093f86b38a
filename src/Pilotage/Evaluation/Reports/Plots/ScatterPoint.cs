namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>One labelled point.</summary>
/// <param name="Label">Beside it.</param>
/// <param name="X">To the right.</param>
/// <param name="Y">Upwards.</param>
/// <param name="Kind">Gives colour and mark: a point that is not an arm is a <see cref="ArmKind.Baseline"/>.</param>
public sealed record ScatterPoint(string Label, double X, double Y, ArmKind Kind);
