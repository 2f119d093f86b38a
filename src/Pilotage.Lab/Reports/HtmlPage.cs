using System.Net;
using System.Text;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Lab.Drawing;

namespace Pilotage.Lab.Reports;

/// <summary>A page in one file: no script, nothing from elsewhere, light or dark by the reader's wish. Every text is encoded here and nowhere else.</summary>
internal sealed class HtmlPage(string title)
{
    private readonly StringBuilder _body = new();

    /// <summary>The first lines: where we are, the answer, what it rests on.</summary>
    public void Head(string kicker, string badge, string answer, string details)
    {
        _body.Append($"<header><p class=\"kicker\">{Encoded(kicker)}</p>\n");
        if (badge.Length > 0) _body.Append($"<p>{Badge(badge)}</p>\n");
        _body.Append($"<h1>{Encoded(answer)}</h1>\n");
        if (details.Length > 0) _body.Append($"<p class=\"details\">{Encoded(details)}</p>\n");
        _body.Append("</header>\n");
    }

    public void Heading(string text) => _body.Append($"<h2>{Encoded(text)}</h2>\n");

    public void Paragraph(string text) => _body.Append($"<p>{Encoded(text)}</p>\n");

    public void Note(string text)
    {
        if (text.Length > 0) _body.Append($"<p class=\"note\">{Encoded(text)}</p>\n");
    }

    public void List(IEnumerable<string> items) => _body.Append("<ul>\n").AppendJoin("", items.Select(item => $"<li>{Encoded(item)}</li>\n")).Append("</ul>\n");

    /// <summary>A table; in a narrow window each row becomes a list of its cells. Verdict words get their colour.</summary>
    public void Table(TextTable table)
    {
        _body.Append("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>").AppendJoin("", table.Columns.Select(column => $"<th scope=\"col\">{Encoded(column)}</th>")).Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            _body.Append($"<tr><th scope=\"row\">{Encoded(row[0])}</th>");
            foreach (var (cell, column) in row.Zip(table.Columns).Skip(1))
            {
                var title = column.Length > 0 ? $" data-title=\"{Encoded(column)}\"" : "";
                _body.Append($"<td{title}>{(VerdictClass(cell).Length > 0 ? Badge(cell) : Encoded(cell))}</td>");
            }
            _body.Append("</tr>\n");
        }
        _body.Append("</tbody></table></div>\n");
    }

    public void Figure(Plot plot)
    {
        _body.Append($"<figure id=\"{Encoded(plot.Name)}\"><h3>{Encoded(plot.Title)}</h3>\n{PlotSvg.Inline(plot)}");
        if (plot.Note.Length > 0) _body.Append($"<figcaption>{Encoded(plot.Note)}</figcaption>\n");
        _body.Append("</figure>\n");
    }

    /// <summary>One claim as a card: verdict, statement, evidence.</summary>
    public void Claim(ClaimReport claim)
    {
        var evidence = claim.Evidence;
        _body.Append($"<article class=\"claim\"><p>{Badge(Words.Of(claim.Verdict))} <b>{Encoded(claim.Id)}</b> <span class=\"source\">{Encoded(claim.Source)}</span></p>\n<p>{Encoded(claim.Text)}</p>\n<dl>");
        Pair("effect", Figures.Of(evidence.Estimate, evidence.Low, evidence.High));
        Pair("holds", evidence.Region);
        Pair("p", Figures.P(evidence.P));
        Pair("units", FormattableString.Invariant($"{evidence.Units}"));
        _body.Append($"</dl>\n<p class=\"note\">{Encoded(evidence.Note.Length > 0 ? $"{evidence.Note} {evidence.Test}" : evidence.Test)}</p></article>\n");

        void Pair(string name, string value) => _body.Append($"<div><dt>{Encoded(name)}</dt><dd>{Encoded(value)}</dd></div>");
    }

    /// <summary>A text as it stands, scrolling sideways.</summary>
    public void Code(string text) => _body.Append($"<pre tabindex=\"0\">{Encoded(text.TrimEnd('\n'))}</pre>\n");

    public void BeginFold(string summary) => _body.Append($"<details><summary>{Encoded(summary)}</summary>\n");

    public void EndFold() => _body.Append("</details>\n");

    /// <summary>The whole page.</summary>
    public string Close() =>
        $"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
        + $"<title>{Encoded(title)}</title>\n<style>\n{PageStyle.Sheet}{PlotSvg.Style}\n</style>\n</head>\n<body>\n<main>\n{_body}</main>\n</body>\n</html>\n";

    private static string Badge(string text) => $"<span class=\"badge {VerdictClass(text)}\">{Encoded(text)}</span>";

    private static string VerdictClass(string text) => text switch
    {
        "better" or "reproduced" or "recommended" => "good",
        "worse" or "not reproduced" => "bad",
        "no difference" or "inconclusive" or "reference" => "even",
        "not evaluated" => "open",
        _ when text.StartsWith("not evaluated:", StringComparison.Ordinal) => "open",
        _ => "",
    };

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
