namespace Pilotage.Bench;

/// <summary>One measured figure.</summary>
/// <param name="Case">What was measured.</param>
/// <param name="Value">The median.</param>
/// <param name="Unit">Unit of the value.</param>
public sealed record BenchRow(string Case, double Value, string Unit);
