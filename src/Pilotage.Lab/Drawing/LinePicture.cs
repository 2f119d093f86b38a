using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Drawing;

/// <summary>Draws a <see cref="LinePlot"/>.</summary>
internal static class LinePicture
{
    private const double Height = 260;

    /// <summary>Gives the height used.</summary>
    public static double Draw(SvgCanvas canvas, LinePlot plot, double top)
    {
        var styles = LineLook.Colours(plot.Series);
        var names = styles.Select(pair => (pair.Key, pair.Value)).Concat(plot.Levels.Select(level => (level.Name, "reference"))).ToList();
        if (names.Count > 1) top = Legend.Draw(canvas, top, names);
        top += PlotArea.Above;
        var bottom = top + Height;
        var y = PlotArea.Upwards(LineLook.Heights(plot.Series).Concat(plot.Levels.Select(level => level.Value)), top, bottom);
        var area = new PlotArea(PlotArea.RoomFor(y), top, canvas.Width - 4, bottom);
        var x = AxisScale.Over(plot.Series.SelectMany(line => line.X), area.Left, area.Right, 80, isRounded: false);
        area.DrawUpwards(canvas, y, plot.Y);
        area.DrawRightwards(canvas, x, plot.X);
        foreach (var level in plot.Levels) canvas.Line(area.Left, y.Of(level.Value), area.Right, y.Of(level.Value), "reference");
        foreach (var line in plot.Series) LineLook.Draw(canvas, line, x, y, styles[line.Name]);
        return bottom + PlotArea.Below;
    }
}
