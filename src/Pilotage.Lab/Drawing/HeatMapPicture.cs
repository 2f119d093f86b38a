using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Drawing;

/// <summary>Draws a <see cref="HeatMapPlot"/>: maps in rows of as many as fit, square cells where the plane's part is square.</summary>
internal static class HeatMapPicture
{
    private const double Least = 190;               // pixels of a map's width; fewer stand in a row then
    private const double Gap = 18;

    /// <summary>Gives the height used.</summary>
    public static double Draw(SvgCanvas canvas, HeatMapPlot plot, double top)
    {
        var (low, high) = plot.Height;
        var left = PlotArea.RoomFor(AxisScale.Over([low, high], 1, 0, 1, isRounded: false));
        var across = Math.Clamp((int)((canvas.Width - left + Gap) / (Least + Gap)), 1, plot.Maps.Count);
        var width = Math.Min((canvas.Width - left - (across - 1) * Gap) / across, 1.5 * Least);
        var height = width * (high - low) / (plot.Width.High - plot.Width.Low);
        var most = Math.Max(double.Epsilon, plot.Maps.Max(map => map.Cells.Max()));
        var bottom = top;
        for (var i = 0; i < plot.Maps.Count; i++)
        {
            var (x0, y0) = (left + i % across * (width + Gap), top + PlotArea.Above + i / across * (height + PlotArea.Above + PlotArea.Below));
            var area = new PlotArea(x0, y0, x0 + width, y0 + height);
            Map(canvas, plot, plot.Maps[i], area, most, isFirst: i % across == 0);
            bottom = area.Bottom;
        }
        return bottom + PlotArea.Below;
    }

    private static void Map(SvgCanvas canvas, HeatMapPlot plot, HeatMap map, PlotArea area, double most, bool isFirst)
    {
        var x = AxisScale.Over([plot.Width.Low, plot.Width.High], area.Left, area.Right, 60, isRounded: false);
        var y = AxisScale.Over([plot.Height.Low, plot.Height.High], area.Bottom, area.Top, 60, isRounded: false);
        var (width, height) = ((area.Right - area.Left) / map.Columns, (area.Bottom - area.Top) / map.Rows);
        for (var i = 0; i < map.Cells.Count; i++)
        {
            // The root lets cells be seen that are visited now and then beside those where everything ends.
            var shade = (int)Math.Ceiling(PlotStyle.Shades * Math.Sqrt(Math.Max(0, map.Cells[i]) / most));
            if (shade > 0)
                canvas.Rectangle(area.Left + i % map.Columns * width, area.Bottom - (i / map.Columns + 1) * height, width + 0.3, height + 0.3, $"c0 fill {PlotStyle.Shade(shade)}", Figures.Of(map.Cells[i]));
        }
        canvas.Path(plot.Outline.Select(point => (x.Of(point.X), y.Of(point.Y))), "reference");
        canvas.Text(area.Left, area.Top - 8, SvgCanvas.Fit(map.Name, area.Right - area.Left), "strong");
        area.DrawRightwards(canvas, x, isFirst ? new($"{plot.X.Title} →, {plot.Y.Title} ↑") : new(""));
        canvas.Line(area.Left, area.Top, area.Left, area.Bottom, "axis");
        if (!isFirst) return;
        foreach (var tick in y.Ticks) canvas.Text(area.Left - 6, y.Of(tick) + 4, y.Text(tick), anchor: "end");
    }
}
