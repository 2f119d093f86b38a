using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems;

/// <summary>The answer to a user's own problem.</summary>
/// <param name="Headline">The recommendation in one or two sentences.</param>
/// <param name="Columns">Titles of the table's columns, the first naming the policy.</param>
/// <param name="Rows">The table, recommended policy first; one text per column.</param>
/// <param name="Notes">What was read, filled in or left out, and what the numbers rest on.</param>
/// <param name="Files">Files written, relative to the output folder.</param>
public sealed record ApplyReport(
    string Headline, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Notes, IReadOnlyList<string> Files)
{
    /// <summary>Figures for the report, in the order in which they are shown.</summary>
    public IReadOnlyList<Plot> Plots { get; init; } = [];
}
