using System.Text;

namespace Pilotage.Evaluation.Reports;

/// <summary>A report's tables as Markdown, for READMEs.</summary>
public static class MarkdownReport
{
    /// <summary>The arms' table, the other metrics' if there are several, the claims' if there are claims, and a line that says how they were made.</summary>
    /// <param name="report">The report.</param>
    /// <returns>Lines that end with a line feed; no heading.</returns>
    public static string Render(StudyReport report)
    {
        var text = new StringBuilder();
        Append(text, ReportTable.Arms(report));
        foreach (var table in ReportTable.OtherMetrics(report, int.MaxValue))
        {
            text.Append('\n');
            Append(text, table);
        }
        if (report.Claims.Count > 0)
        {
            text.Append('\n');
            Append(text, ReportTable.Claims(report));
        }
        text.Append('\n').Append(Footnote(report)).Append('\n');
        return text.ToString();
    }

    private static string Footnote(StudyReport report) => FormattableString.Invariant(
        $"Scale {Words.Of(report.Scale)}, {report.Seeds.Count} seed{(report.Seeds.Count == 1 ? "" : "s")}. Mean [95 % interval] over seeds, over instances for arms that do not learn; differences on the same seeds and instances.");

    private static void Append(StringBuilder text, TextTable table)
    {
        Append(text, table.Columns);
        Append(text, [.. table.Columns.Select(_ => "---")]);
        foreach (var row in table.Rows) Append(text, row);
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(Escaped)).Append(" |\n");

    private static string Escaped(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
