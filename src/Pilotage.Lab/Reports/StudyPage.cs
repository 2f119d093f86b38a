using System.Globalization;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Reports;

/// <summary>A report as a page: the answer first, then the table, the figures, the claims, and how to repeat it.</summary>
internal static class StudyPage
{
    /// <summary>Renders the page.</summary>
    /// <param name="report">The report; its own figures come behind the table.</param>
    /// <param name="origin">What ran.</param>
    /// <param name="folded">Figures that only some readers want.</param>
    public static string Render(StudyReport report, PageOrigin origin, IReadOnlyList<Plot> folded)
    {
        var page = new HtmlPage(origin.Title);
        var headline = Headline.Of(report);
        page.Head(origin.Kicker, headline.Answer, headline.Text, headline.Details);
        Arms(page, report);
        if (report.Plots.Count > 0)
        {
            if (report.Plots.Count > 1) page.Heading("Figures");
            foreach (var plot in report.Plots) page.Figure(plot);
        }
        if (report.Claims.Count > 0)
        {
            page.Heading("Claims");
            page.Note("A verdict is read off the interval alone: inside the region where the claim holds it is reproduced, wholly outside it is not.");
            foreach (var claim in report.Claims) page.Claim(claim);
        }
        if (folded.Count > 0)
        {
            page.Heading("While learning");
            page.BeginFold($"{folded.Count} more metrics");
            foreach (var plot in folded) page.Figure(plot);
            page.EndFold();
        }
        Timing(page, report);
        Repeat(page, report, origin);
        return page.Close();
    }

    /// <summary>All figures of the page, for files of their own.</summary>
    public static IEnumerable<Plot> Figures(StudyReport report, IReadOnlyList<Plot> folded) =>
        new Plot?[] { StudyFigures.Arms(report), StudyFigures.Differences(report) }.OfType<Plot>().Concat(report.Plots).Concat(folded).Concat(StudyFigures.Timing(report));

    private static void Arms(HtmlPage page, StudyReport report)
    {
        page.Heading("Arms");
        page.Table(ReportTable.Arms(report));
        page.Note(Units(report));
        // With two arms the table says it all in two numbers, and one row would be a lonely figure.
        if (StudyFigures.Arms(report) is { } arms) page.Figure(arms);
        if (report.Comparisons.Count > 1 && StudyFigures.Differences(report) is { } differences) page.Figure(differences);
        var others = ReportTable.OtherMetrics(report, int.MaxValue);
        if (others.Count == 0) return;
        page.BeginFold("All other metrics");
        foreach (var table in others) page.Table(table);
        page.EndFold();
    }

    private static string Units(StudyReport report)
    {
        var tests = report.Comparisons.Select(comparison => comparison.Test).Distinct().ToList();
        var text = "Mean [95 % interval].";
        if (tests.Count == 1) text += $" Differences: {tests[0]}.";
        else if (tests.Count > 1) text += $" Differences on the same seeds and instances: {string.Join("; or ", tests.Take(3))}.";
        foreach (var comparison in report.Comparisons.Where(comparison => comparison.ProbabilityOfImprovement is not null))
            text += string.Create(CultureInfo.InvariantCulture, $" {comparison.A} wins against {comparison.B} with probability {comparison.ProbabilityOfImprovement:0.00}.");
        return text;
    }

    private static void Timing(HtmlPage page, StudyReport report)
    {
        page.Heading("Time");
        var text = string.Create(CultureInfo.InvariantCulture, $"{report.ElapsedSeconds:0.0} seconds");
        if (report.Timing.TryGetValue("stepsPerSecond", out var speed)) text += string.Create(CultureInfo.InvariantCulture, $", {speed:N0} environment steps per second");
        page.Paragraph($"{text}.");
        foreach (var plot in StudyFigures.Timing(report)) page.Figure(plot);
    }

    private static void Repeat(HtmlPage page, StudyReport report, PageOrigin origin)
    {
        page.Heading("Repeat it");
        page.Code(origin.Command);
        page.Table(new(["", ""],
        [
            .. report.ParameterHash is { } hash ? [new[] { "parameters", hash }] : Array.Empty<string[]>(),
            ["machine", report.Machine], ["backend", report.Backend], ["scale", Words.Of(report.Scale)],
            ["seeds", report.Seeds.Count > 12 ? $"{report.Seeds[0]} to {report.Seeds[^1]}" : string.Join(", ", report.Seeds)],
        ]));
        if (origin.Configuration.Length == 0) return;
        page.BeginFold("config.yaml");
        page.Code(origin.Configuration);
        page.EndFold();
    }
}
