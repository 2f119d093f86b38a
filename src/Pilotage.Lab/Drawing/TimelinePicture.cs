using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Drawing;

/// <summary>Draws a <see cref="TimelinePlot"/>: panels of equal height above one axis.</summary>
internal static class TimelinePicture
{
    private const double PanelHeight = 110;
    private const double Gap = 14;

    /// <summary>Gives the height used.</summary>
    public static double Draw(SvgCanvas canvas, TimelinePlot plot, double top)
    {
        var all = plot.Panels.SelectMany(panel => panel.Series).ToList();
        var styles = LineLook.Colours(all);
        if (styles.Count > 1) top = Legend.Draw(canvas, top, [.. styles.Select(pair => (pair.Key, pair.Value))]);
        var tops = plot.Panels.Select((_, i) => top + PlotArea.Above + i * (PanelHeight + PlotArea.Above + Gap)).ToList();
        var heights = plot.Panels.Select((panel, i) => PlotArea.Upwards(LineLook.Heights(panel.Series), tops[i], tops[i] + PanelHeight)).ToList();
        var left = heights.Max(PlotArea.RoomFor);
        var x = AxisScale.Over(all.SelectMany(line => line.X), left, canvas.Width - 4, 80, isRounded: false);
        for (var i = 0; i < plot.Panels.Count; i++)
        {
            var area = new PlotArea(left, tops[i], canvas.Width - 4, tops[i] + PanelHeight);
            area.DrawUpwards(canvas, heights[i], plot.Panels[i].Y);
            if (i == plot.Panels.Count - 1) area.DrawRightwards(canvas, x, plot.X);
            else canvas.Line(area.Left, area.Bottom, area.Right, area.Bottom, "axis");
            foreach (var line in plot.Panels[i].Series) LineLook.Draw(canvas, line, x, heights[i], styles[line.Name]);
        }
        return tops[^1] + PanelHeight + PlotArea.Below;
    }
}
