namespace Pilotage.Tracking.Tables;

/// <summary>One column of a table; any cell may be missing.</summary>
/// <param name="Name">Small letters and underscores.</param>
/// <param name="Kind">What its cells are.</param>
internal sealed record Column(string Name, ColumnKind Kind = ColumnKind.Text);
