namespace Pilotage.Policies;

/// <summary>Rows of the same step that somebody else plays. Their draws are skipped, so that each row's random numbers are the same wherever it is played.</summary>
/// <param name="Before">How many come before the rows at hand.</param>
/// <param name="Behind">How many come after them.</param>
internal readonly record struct RowsBeside(int Before, int Behind);
