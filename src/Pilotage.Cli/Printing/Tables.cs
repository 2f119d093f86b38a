using Pilotage.Evaluation.Reports;
using Spectre.Console;

namespace Pilotage.Cli.Printing;

/// <summary>Tables of texts on a terminal of a given width: cells wrap, nothing is cut off.</summary>
internal static class Tables
{
    /// <summary>Lays a table out.</summary>
    /// <param name="table">Titles and texts.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <returns>Lines ending in line feeds, without trailing blanks or colour.</returns>
    public static string Of(TextTable table, int width)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        var rendered = new Table { Border = TableBorder.Simple };
        foreach (var column in table.Columns) rendered.AddColumn(new TableColumn(new Spectre.Console.Text(column)) { NoWrap = rendered.Columns.Count == 0 });
        foreach (var row in table.Rows) rendered.AddRow(row.Select(cell => new Spectre.Console.Text(cell)));
        console.Write(rendered);
        return string.Concat(writer.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd() + "\n")
            .Where(line => line.Length > 1));
    }
}
