using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Drawing;

/// <summary>Draws a <see cref="BarPlot"/>: one bar to a row, its parts side by side.</summary>
internal static class BarPicture
{
    private const double RowHeight = 28;

    /// <summary>Gives the height used.</summary>
    public static double Draw(SvgCanvas canvas, BarPlot plot, double top)
    {
        if (plot.Parts.Count > 1) top = Legend.Draw(canvas, top, [.. plot.Parts.Select((part, i) => (part.Name, PlotStyle.Colour(i)))], isFilled: true);
        var left = Math.Min(plot.Rows.Max(SvgCanvas.WidthOf) + 12, canvas.Width * 0.45);
        var area = new PlotArea(left, top, canvas.Width - 12, top + plot.Rows.Count * RowHeight);
        var sums = plot.Rows.Select((_, row) => plot.Parts.Sum(part => Value(part, row)));
        var x = AxisScale.Over(sums.Append(0), area.Left, area.Right, 80, isRounded: false);
        area.DrawRightwards(canvas, x, plot.X, hasGrid: true);
        for (var row = 0; row < plot.Rows.Count; row++)
        {
            var y = top + row * RowHeight;
            canvas.Text(0, y + RowHeight / 2 + 4, SvgCanvas.Fit(plot.Rows[row], left - 8));
            var from = 0.0;
            for (var part = 0; part < plot.Parts.Count; part++)
            {
                var value = Value(plot.Parts[part], row);
                canvas.Rectangle(x.Of(from), y + 5, x.Of(from + value) - x.Of(from), RowHeight - 10, $"{PlotStyle.Colour(part)} fill", $"{plot.Rows[row]}, {plot.Parts[part].Name}: {Figures.Of(value)}");
                from += value;
            }
        }
        return area.Bottom + PlotArea.Below;
    }

    private static double Value(BarPart part, int row) => double.IsFinite(part.Values[row]) ? Math.Max(0, part.Values[row]) : 0;
}
