namespace Pilotage.Evaluation;

/// <summary>A column of a study's table.</summary>
/// <param name="Name">As in <see cref="Measurement.Metric"/>.</param>
/// <param name="Title">As printed, with the unit.</param>
/// <param name="HigherIsBetter">Which direction is good.</param>
public sealed record Metric(string Name, string Title, bool HigherIsBetter);
