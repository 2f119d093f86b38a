using System.Globalization;
using Pilotage.Evaluation.Reports;

namespace Pilotage.Lab.Printing;

/// <summary>A report's arms on a terminal: the deciding metric, the difference with its interval, the verdict; then the other metrics' means, in as many tables as the width asks for. An arm stands in the tables that it has figures for.</summary>
internal static class ArmTables
{
    /// <summary>Lays the tables out.</summary>
    /// <param name="report">The report.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <returns>Lines ending in line feeds; a blank line between tables.</returns>
    public static string Of(StudyReport report, int width)
    {
        var deciding = ReportTable.Arms(report);
        // On a narrow terminal the difference keeps its interval and the arm's own figure gives its up: the report has it.
        var isNarrow = Tables.WidthOf(deciding) > width;
        if (isNarrow) deciding = deciding with { Rows = [.. deciding.Rows.Select((row, arm) => Narrow(row, report, arm))] };
        var text = Tables.Of(WithFigures(deciding), width);
        foreach (var others in ReportTable.OtherMetrics(report, int.MaxValue))
        {
            foreach (var columns in Fitting(others, width)) text += "\n" + Tables.Of(WithFigures(columns), width);
        }
        return isNarrow ? text + "\n  Means; an arm's own intervals are in the report.\n" : text;
    }

    private static IReadOnlyList<string> Narrow(IReadOnlyList<string> row, StudyReport report, int arm)
    {
        var own = report.Arms[arm].Metrics.TryGetValue(report.Metrics[0].Name, out var value) ? Figures.Of(value.Mean) : "–";
        var comparison = report.Comparisons.FirstOrDefault(comparison => comparison.A == report.Arms[arm].Name);
        return comparison is null ? [row[0], own, .. row.Skip(2)] : [row[0], own, Short(comparison), .. row.Skip(3)];
    }

    // Three digits of the largest of the three: beside an interval, a fourth says nothing.
    private static string Short(ComparisonReport comparison)
    {
        if (comparison is not { Low: { } low, High: { } high }) return Figures.Of(comparison.Difference);
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        var decimals = size > 0 ? Math.Max(0, 2 - (int)Math.Floor(Math.Log10(size))) : 0;
        if (size >= 1e6 || decimals > 6) return Figures.Of(comparison.Difference, low, high);
        var format = string.Create(CultureInfo.InvariantCulture, $"F{decimals}");
        return $"{comparison.Difference.ToString(format, CultureInfo.InvariantCulture)} [{low.ToString(format, CultureInfo.InvariantCulture)}, {high.ToString(format, CultureInfo.InvariantCulture)}]";
    }

    // A study of two kinds of arms would else print half of each table as dashes. A table without any figure keeps its rows.
    private static TextTable WithFigures(TextTable table)
    {
        var rows = table.Rows.Where(row => row.Skip(1).Any(cell => cell != "–")).ToList();
        return rows.Count == 0 ? table : table with { Rows = rows };
    }

    private static IEnumerable<TextTable> Fitting(TextTable table, int width)
    {
        var chosen = new List<int> { 0 };
        for (var column = 1; column < table.Columns.Count; column++)
        {
            if (chosen.Count > 1 && Tables.WidthOf(Columns(table, [.. chosen, column])) > width)
            {
                yield return Columns(table, chosen);
                chosen = [0];
            }
            chosen.Add(column);
        }
        yield return Columns(table, chosen);
    }

    private static TextTable Columns(TextTable table, List<int> columns) =>
        new([.. columns.Select(column => table.Columns[column])], [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => row[column])])]);
}
