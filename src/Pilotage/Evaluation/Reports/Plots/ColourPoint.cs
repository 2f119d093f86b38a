namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>One coloured point.</summary>
/// <param name="Label">Shown when pointed at.</param>
/// <param name="X">To the right.</param>
/// <param name="Y">Upwards.</param>
/// <param name="Value">Gives the colour.</param>
public sealed record ColourPoint(string Label, double X, double Y, double Value);
