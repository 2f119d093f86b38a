using System.Globalization;
using System.Net;
using System.Text;

namespace Pilotage.Lab.Drawing;

/// <summary>Writes the elements of one SVG picture. Colours are classes, so that a style sheet can make them light or dark; every text is encoded.</summary>
internal sealed class SvgCanvas
{
    /// <summary>Height of a text in pixels.</summary>
    public const double TextSize = 12;

    // Of a sans-serif font, on the wide side: nobody measures where the picture is made, because no font need be installed there.
    private const double LetterWidth = 0.56 * TextSize;
    private readonly StringBuilder _body = new();

    public SvgCanvas(double width) => Width = width;

    public double Width { get; }

    /// <summary>About how wide a text will be, in pixels.</summary>
    public static double WidthOf(string text) => text.Length * LetterWidth;

    /// <summary>Cuts a text to a width; the end is an ellipsis then.</summary>
    public static string Fit(string text, double width) =>
        WidthOf(text) <= width ? text : string.Concat(text.AsSpan(0, Math.Clamp((int)(width / LetterWidth) - 1, 0, text.Length)), "…");

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Append($"""<line class="{style}" x1="{x1:0.##}" y1="{y1:0.##}" x2="{x2:0.##}" y2="{y2:0.##}"/>""");

    public void Text(double x, double y, string text, string style = "", string anchor = "start") =>
        Append($"""<text x="{x:0.##}" y="{y:0.##}" text-anchor="{anchor}"{Class(style)}>{Encoded(text)}</text>""");

    public void Rectangle(double x, double y, double width, double height, string style, string hint = "") =>
        Mark(hint, string.Create(CultureInfo.InvariantCulture, $"""<rect class="{style}" x="{x:0.##}" y="{y:0.##}" width="{Math.Max(0, width):0.##}" height="{height:0.##}" """));

    /// <summary>A filled rectangle whose colour is as strong as a number says.</summary>
    public void Cell(double x, double y, double width, double height, string colour, double strength, string hint) =>
        Mark(hint, string.Create(CultureInfo.InvariantCulture, $"""<rect class="{colour} fill" fill-opacity="{strength:0.###}" x="{x:0.##}" y="{y:0.##}" width="{width:0.##}" height="{height:0.##}" """));

    public void Circle(double x, double y, double radius, string style, string hint = "") =>
        Mark(hint, string.Create(CultureInfo.InvariantCulture, $"""<circle class="{style}" cx="{x:0.##}" cy="{y:0.##}" r="{radius:0.##}" """));

    public void Diamond(double x, double y, double radius, string style, string hint = "") =>
        Mark(hint, string.Create(CultureInfo.InvariantCulture, $"""<path class="{style}" d="M{x:0.##} {y - radius:0.##}L{x + radius:0.##} {y:0.##}L{x:0.##} {y + radius:0.##}L{x - radius:0.##} {y:0.##}Z" """));

    /// <summary>A line through points; one that is not finite leaves a gap.</summary>
    public void Path(IEnumerable<(double X, double Y)> points, string style)
    {
        var path = Trace(points);
        if (path.Length > 0) Append($"""<path class="{style}" d="{path}"/>""");
    }

    /// <summary>The area between two lines, point by point; parts where either is not finite are left out.</summary>
    public void Band(IReadOnlyList<(double X, double Low, double High)> points, string style)
    {
        var part = new List<(double X, double Low, double High)>();
        foreach (var point in points.Append((X: double.NaN, Low: double.NaN, High: double.NaN)))
        {
            if (double.IsFinite(point.X + point.Low + point.High))
            {
                part.Add(point);
                continue;
            }
            if (part.Count > 1) Append($"""<path class="{style}" d="{Trace(part.Select(p => (p.X, p.High)).Concat(part.AsEnumerable().Reverse().Select(p => (p.X, p.Low))))}Z"/>""");
            part.Clear();
        }
    }

    /// <summary>The whole picture.</summary>
    /// <param name="height">In pixels.</param>
    /// <param name="title">For readers that do not see it.</param>
    /// <param name="style">Put inside, for a file of its own; empty where a page has it.</param>
    /// <param name="variant">A class of the outer element.</param>
    public string Close(double height, string title, string style = "", string variant = "")
    {
        var sheet = style.Length == 0 ? "" : $"<style>{style}</style><rect class=\"paper\" width=\"100%\" height=\"100%\"/>";
        var classes = variant.Length == 0 ? "plot" : $"plot {variant}";
        return string.Create(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" class="{classes}" viewBox="0 0 {Width:0.##} {height:0.##}" width="{Width:0.##}" height="{height:0.##}" role="img" aria-label="{Encoded(title)}">{sheet}""")
            + "\n" + _body + "</svg>\n";
    }

    private void Mark(string hint, string element) =>
        _body.Append(element).Append(hint.Length == 0 ? "/>\n" : $"><title>{Encoded(hint)}</title></{element[1..element.IndexOf(' ', StringComparison.Ordinal)]}>\n");

    private static string Trace(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        var isOpen = false;
        foreach (var (x, y) in points)
        {
            var isThere = double.IsFinite(x + y);
            if (isThere) path.Append(CultureInfo.InvariantCulture, $"{(isOpen ? 'L' : 'M')}{x:0.#} {y:0.#}");
            isOpen = isThere;
        }
        return path.ToString();
    }

    private void Append(FormattableString element) => _body.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Class(string style) => style.Length == 0 ? "" : $" class=\"{style}\"";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
