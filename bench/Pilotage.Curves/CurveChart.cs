using System.Globalization;
using System.Text;
using Pilotage.Evaluation.Reports;

namespace Pilotage.Curves;

/// <summary>The curves as one SVG: a panel for each algorithm on each task, with the median, the quartiles and the other library's figure.</summary>
internal static class CurveChart
{
    private const int Columns = 5;
    private const int Width = 270;
    private const int Height = 180;
    private const int Left = 52;
    private const int Top = 30;
    private const int PlotWidth = Width - Left - 12;
    private const int PlotHeight = Height - Top - 28;

    /// <summary>Draws.</summary>
    /// <param name="summaries">A panel each.</param>
    /// <param name="caption">Below them.</param>
    public static string Svg(IReadOnlyList<CurveSummary> summaries, string caption)
    {
        var columns = summaries.Count == 6 ? 3 : Math.Min(Columns, summaries.Count);           // six stand best in two rows
        var rows = (summaries.Count + columns - 1) / columns;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {columns * Width} {rows * Height + 24}\" font-family=\"sans-serif\" font-size=\"10\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<rect width=\"{columns * Width}\" height=\"{rows * Height + 24}\" fill=\"#fff\"/>\n");
        for (var i = 0; i < summaries.Count; i++) Panel(text, summaries[i], i % columns * Width, i / columns * Height);
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{rows * Height + 14}\" fill=\"#444\">{caption}</text>\n</svg>\n");
        return text.ToString();
    }

    private static void Panel(StringBuilder text, CurveSummary summary, int x, int y)
    {
        var band = summary.Band().ToList();
        var low = Math.Min(band.Min(point => point.Low), summary.Figure.Mean);
        var high = Math.Max(band.Max(point => point.High), summary.Figure.Mean);
        if (high - low < 1e-9) (low, high) = (low - 1, high + 1);
        var last = (double)band[^1].Steps;
        string At(double steps, double value) => string.Create(
            CultureInfo.InvariantCulture, $"{x + Left + steps / last * PlotWidth:0.#},{y + Top + (high - value) / (high - low) * PlotHeight:0.#}");

        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + Left}\" y=\"{y + 20}\" font-size=\"12\">{summary.Figure.OwnName} on {summary.Figure.Environment}</text>\n");
        text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x + Left}\" y=\"{y + Top}\" width=\"{PlotWidth}\" height=\"{PlotHeight}\" fill=\"none\" stroke=\"#bbb\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + Left - 4}\" y=\"{y + Top + 8}\" text-anchor=\"end\">{Figures.Of(high)}</text><text x=\"{x + Left - 4}\" y=\"{y + Top + PlotHeight}\" text-anchor=\"end\">{Figures.Of(low)}</text>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + Left + PlotWidth}\" y=\"{y + Top + PlotHeight + 13}\" text-anchor=\"end\">{last:N0}</text>\n");
        var edge = band.Select(point => At(point.Steps, point.High)).Concat(band.AsEnumerable().Reverse().Select(point => At(point.Steps, point.Low)));
        text.Append(CultureInfo.InvariantCulture, $"<polygon points=\"{string.Join(' ', edge)}\" fill=\"#0b6e99\" opacity=\"0.2\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', band.Select(point => At(point.Steps, point.Median)))}\" fill=\"none\" stroke=\"#0b6e99\" stroke-width=\"1.5\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{At(0, summary.Figure.Mean)} {At(last, summary.Figure.Mean)}\" fill=\"none\" stroke=\"#b3541e\" stroke-dasharray=\"4 3\"/>\n");
    }
}
