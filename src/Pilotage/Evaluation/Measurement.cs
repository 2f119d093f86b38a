namespace Pilotage.Evaluation;

/// <summary>One number that an arm measured.</summary>
/// <param name="Metric">The field's name in snake case: <c>return</c>, <c>cost</c>, <c>violation_share</c>.</param>
/// <param name="Instance">What it was measured on, as a path: <c>nasa/d3/day-41</c>. Arms pair by it.</param>
/// <param name="Value">Finite.</param>
public readonly record struct Measurement(string Metric, string Instance, double Value);
