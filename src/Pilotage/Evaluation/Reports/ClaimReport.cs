namespace Pilotage.Evaluation.Reports;

/// <summary>One claim of a report.</summary>
/// <param name="Id">Short and stable.</param>
/// <param name="Text">The statement.</param>
/// <param name="Source">Paper, section or sheet.</param>
/// <param name="Unit">What counts as an independent unit.</param>
/// <param name="Verdict">What the interval says.</param>
/// <param name="Evidence">What was measured.</param>
public sealed record ClaimReport(string Id, string Text, string Source, Replication Unit, Verdict Verdict, Evidence Evidence);
