using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Drawing;

/// <summary>Draws a <see cref="GanttPlot"/>: rows from top to bottom, bars that overlap in lanes below each other.</summary>
internal static class GanttPicture
{
    private const double TallestRow = 30;
    private const double Highest = 520;             // of all rows together
    private const double Gap = 3;

    /// <summary>Gives the height used.</summary>
    public static double Draw(SvgCanvas canvas, GanttPlot plot, double top)
    {
        var bars = plot.Bars.Where(bar => bar.Row >= 0 && bar.Row < plot.Rows.Count && double.IsFinite(bar.Start) && double.IsFinite(bar.End)).ToList();
        var height = Math.Min(TallestRow, Highest / plot.Rows.Count);
        var left = Math.Min(plot.Rows.Max(SvgCanvas.WidthOf) + 10, canvas.Width * 0.3);
        var area = new PlotArea(left, top, canvas.Width, top + height * plot.Rows.Count);
        var scale = AxisScale.Over(bars.SelectMany(bar => new[] { bar.Start, bar.End }), area.Left, area.Right, 70, isRounded: false);
        for (var row = 0; row < plot.Rows.Count; row++)
        {
            var y = top + row * height;
            if (row % 2 == 0) canvas.Rectangle(left, y, canvas.Width - left, height, "stripe");
            if (height >= SvgCanvas.TextSize) canvas.Text(left - 6, y + height / 2 + 4, SvgCanvas.Fit(plot.Rows[row], left - 6), anchor: "end");
        }
        area.DrawRightwards(canvas, scale, plot.X);
        var colours = new Dictionary<string, int>();
        foreach (var bar in bars) colours.TryAdd(bar.Group, colours.Count);
        foreach (var row in bars.GroupBy(bar => bar.Row))
        {
            var lanes = Lanes([.. row]);
            var lane = (height - Gap) / Math.Max(1, lanes.Max(bar => bar.Lane) + 1);
            foreach (var (bar, place) in lanes)
                canvas.Rectangle(scale.Of(bar.Start), top + row.Key * height + Gap / 2 + place * lane, scale.Of(bar.End) - scale.Of(bar.Start), Math.Max(0.5, lane - 0.5), $"{PlotStyle.Colour(colours[bar.Group])} fill", bar.Label);
        }
        return area.Bottom + PlotArea.Below;
    }

    // Each bar goes to the first lane that is free when it begins.
    private static List<(GanttBar Bar, int Lane)> Lanes(IReadOnlyList<GanttBar> bars)
    {
        var (ends, placed) = (new List<double>(), new List<(GanttBar, int)>());
        foreach (var bar in bars.OrderBy(bar => bar.Start))
        {
            var lane = ends.FindIndex(end => end <= bar.Start + 1e-9);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(0);
            }
            ends[lane] = bar.End;
            placed.Add((bar, lane));
        }
        return placed;
    }
}
