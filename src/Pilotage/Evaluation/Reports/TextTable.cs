namespace Pilotage.Evaluation.Reports;

/// <summary>A table of texts, to be printed as a console, HTML or Markdown table.</summary>
/// <param name="Columns">Titles.</param>
/// <param name="Rows">One text per column.</param>
public sealed record TextTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
