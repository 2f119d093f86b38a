using Pilotage.Systems;

namespace Pilotage.Lab.Reports;

/// <summary>The answer to a user's own problem as a page.</summary>
internal static class ApplyPage
{
    public static string Render(ApplyReport report, PageOrigin origin)
    {
        var page = new HtmlPage(origin.Title);
        page.Head(origin.Kicker, "", report.Headline, "");
        page.Heading("Policies on your data");
        page.Table(new(report.Columns, report.Rows));
        if (report.Rows.Count > 1) page.Note("The recommended policy stands first.");
        foreach (var plot in report.Plots) page.Figure(plot);
        if (report.Notes.Count > 0)
        {
            page.Heading("What this rests on");
            page.List(report.Notes);
        }
        if (report.Files.Count > 0)
        {
            page.Heading("Files");
            page.List(report.Files);
        }
        page.Heading("Repeat it");
        page.Code(origin.Command);
        if (origin.Configuration.Length > 0)
        {
            page.BeginFold("config.yaml");
            page.Code(origin.Configuration);
            page.EndFold();
        }
        return page.Close();
    }
}
