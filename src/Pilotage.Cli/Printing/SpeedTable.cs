using System.Globalization;
using System.Text;
using Pilotage.Cli.Measuring;

namespace Pilotage.Cli.Printing;

/// <summary>Measured rates on a terminal: a heading for each group, three digits, how sure the median is, and the ratio to libtorch. At most 80 columns.</summary>
internal static class SpeedTable
{
    private const double Scaled = 10_000;               // from here on in thousands or millions
    private static readonly string[] Titles = ["", "rate", "±", "against libtorch"];

    /// <summary>Machine, load, rows, what they mean and what is missing.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="width">Columns of the terminal, at least 80.</param>
    /// <returns>Lines ending in line feeds.</returns>
    public static string Of(SpeedReport report, int width)
    {
        var text = new StringBuilder();
        Say(string.Create(CultureInfo.InvariantCulture, $"{report.Machine.Description}; {report.Machine.Vectors}-bit vectors, {report.Threads} thread{(report.Threads == 1 ? "" : "s")}"
            + $"{(report.Machine is { Load: { } quiet, IsQuiet: true } ? $", load average {quiet:0.00}" : "")}. {report.SecondsPerRow:0.###} s for each side of a row."));
        if (report.Machine is { Load: { } load, IsQuiet: false })
            Say(string.Create(CultureInfo.InvariantCulture, $"NOT QUIET: the load average is {load:0.0} on {report.Machine.Processors} processor{(report.Machine.Processors == 1 ? "" : "s")}. Rates are lower than this machine can do; ratios, by turns, suffer less. A build that just ended counts too: wait a minute and run it again."));
        if (report.Rows.Count > 0) Append(text.Append('\n'), report.Rows);
        text.Append('\n');
        if (report.Rows.Count > 0) Say($"Rates are medians over repetitions; ± is the farther end of the median's 95 % interval.{Meaning(report)}");
        if (report.Advice.Length > 0) Say(report.Advice);
        foreach (var (_, name, reason) in report.LeftOut) Say($"Left out: {name}. {reason}");
        return text.ToString();

        void Say(string words)
        {
            foreach (var line in Wrap.Lines(words, width)) text.Append(line).Append('\n');
        }
    }

    private static string Meaning(SpeedReport report) => report.Rows.FirstOrDefault(row => row.Against is not null)?.Against is { } against
        ? $" Against {against.Name}, on the same work by turns: how many times as fast, median of the pairs with its 95 % interval; above 1, the managed engine is faster."
        : "";

    private static void Append(StringBuilder text, IReadOnlyList<SpeedRow> rows)
    {
        // An empty column would say that something is missing.
        var columns = rows.Any(row => row.Against is not null) ? Titles.Length : Titles.Length - 1;
        var numbers = rows.Select(row => Number(Scale(row.Value).Number)).ToList();
        var widest = numbers.Max(number => number.Length);
        var cells = rows.Select((row, i) => new[]
        {
            $"  {row.Case}", $"{numbers[i].PadLeft(widest)} {Scale(row.Value).Prefix}{row.Unit}", Spread(row),
            row.Against is { } against ? Ratio(against) : "",
        }).ToList();
        var widths = Enumerable.Range(0, columns).Select(column => cells.Append(Titles).Max(row => row[column].Length)).ToArray();

        Line(Titles);
        for (var i = 0; i < rows.Count; i++)
        {
            if (i == 0 || rows[i].Group != rows[i - 1].Group) text.Append(rows[i].Group).Append('\n');
            Line(cells[i]);
        }

        void Line(string[] row)
        {
            for (var column = 0; column < columns; column++)
                text.Append(column == 0 ? "" : "  ").Append(column == 2 ? row[column].PadLeft(widths[column]) : row[column].PadRight(widths[column]));
            while (text[^1] == ' ') text.Length--;
            text.Append('\n');
        }
    }

    private static (double Number, string Prefix) Scale(double value) => value switch
    {
        < Scaled => (value, ""),
        < 999_500 => (value / 1e3, "k "),
        < 999_500_000 => (value / 1e6, "M "),
        _ => (value / 1e9, "G "),
    };

    private static string Spread(SpeedRow row)
    {
        var percent = 100 * Math.Max(row.Bounds.High - row.Value, row.Value - row.Bounds.Low) / row.Value;
        return percent.ToString(percent < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";
    }

    private static string Ratio(SpeedRatio ratio)
    {
        var format = Digits(ratio.Value);
        return string.Create(CultureInfo.InvariantCulture, $"{ratio.Value.ToString(format, CultureInfo.InvariantCulture)} [{ratio.Bounds.Low.ToString(format, CultureInfo.InvariantCulture)}, {ratio.Bounds.High.ToString(format, CultureInfo.InvariantCulture)}]");
    }

    private static string Number(double number) => number.ToString(Digits(number), CultureInfo.InvariantCulture);

    private static string Digits(double number) => number switch
    {
        < 9.995 => "0.00",
        < 99.95 => "0.0",
        _ => "#,0",
    };
}
