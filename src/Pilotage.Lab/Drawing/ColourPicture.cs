using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Drawing;

/// <summary>Draws a <see cref="ColourPlot"/>: panels in rows of three, or of one in a narrow window, under one scale of colours.</summary>
internal static class ColourPicture
{
    private const double PanelHeight = 170;
    private const double NarrowWidth = 500;
    private const double Gap = 16;
    private const double Swatch = 22;
    private const double Mark = 4.5;

    /// <summary>Gives the height used.</summary>
    public static double Draw(SvgCanvas canvas, ColourPlot plot, double top)
    {
        var points = plot.Panels.SelectMany(panel => panel.Points).Where(point => double.IsFinite(point.X + point.Y + point.Value)).ToList();
        var (low, high) = points.Count == 0 ? (0, 1) : (points.Min(point => point.Value), points.Max(point => point.Value));
        top = Scale(canvas, plot.Colour, low, high, top);
        var columns = Math.Min(plot.Panels.Count, canvas.Width < NarrowWidth ? 1 : 3);
        var rowHeight = PanelHeight + 2 * PlotArea.Above + PlotArea.Below;
        var y = PlotArea.Upwards(points.Select(point => point.Y), top + 2 * PlotArea.Above, top + 2 * PlotArea.Above + PanelHeight);
        var (left, width) = (PlotArea.RoomFor(y), (canvas.Width - Gap * (columns - 1)) / columns);
        for (var i = 0; i < plot.Panels.Count; i++)
        {
            var (x0, y0) = (i % columns * (width + Gap), top + i / columns * rowHeight);
            var area = new PlotArea(x0 + left, y0 + 2 * PlotArea.Above, x0 + width - 8, y0 + 2 * PlotArea.Above + PanelHeight);
            Panel(canvas, plot, plot.Panels[i], area, points, (low, high), x0);
        }
        return top + (plot.Panels.Count + columns - 1) / columns * rowHeight;
    }

    private static void Panel(SvgCanvas canvas, ColourPlot plot, ColourPanel panel, PlotArea area, List<ColourPoint> all, (double Low, double High) scale, double left)
    {
        var y = PlotArea.Upwards(all.Select(point => point.Y), area.Top, area.Bottom);
        var x = AxisScale.Over(all.Select(point => point.X), area.Left + 8, area.Right - 8, 60, isRounded: false);
        canvas.Text(left, area.Top - PlotArea.Above - 8, panel.Name, "title");
        foreach (var tick in y.Ticks)
        {
            canvas.Line(area.Left, y.Of(tick), area.Right, y.Of(tick), "grid");
            canvas.Text(area.Left - 6, y.Of(tick) + 4, y.Text(tick), anchor: "end");
        }
        canvas.Text(left, area.Top - 8, SvgCanvas.Fit(plot.Y.Title, area.Right - left), "strong");
        area.DrawRightwards(canvas, x, plot.X, hasGrid: true);
        foreach (var point in panel.Points.Where(point => double.IsFinite(point.X + point.Y + point.Value)))
            canvas.Circle(x.Of(point.X), y.Of(point.Y), Mark, PlotStyle.Shade(Share(point.Value, scale)), $"{point.Label}: {plot.Colour.Name} {Figures.Of(point.Value)}, {plot.X.Name} {Figures.Of(point.X)}, {plot.Y.Name} {Figures.Of(point.Y)}");
    }

    private static double Scale(SvgCanvas canvas, Axis axis, double low, double high, double top)
    {
        canvas.Text(0, top + 12, axis.Title, "strong");
        var x = 0.0;
        canvas.Text(x, top + 30, Figures.Of(low));
        x += SvgCanvas.WidthOf(Figures.Of(low)) + 8;
        for (var shade = 0; shade < PlotStyle.Shades; shade++, x += Swatch) canvas.Rectangle(x, top + 20, Swatch, 12, PlotStyle.Shade((shade + 0.5) / PlotStyle.Shades));
        canvas.Text(x + 8, top + 30, Figures.Of(high));
        return top + 44;
    }

    private static double Share(double value, (double Low, double High) scale) => scale.High > scale.Low ? (value - scale.Low) / (scale.High - scale.Low) : 0.5;
}
