using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Drawing;

/// <summary>Draws figures as SVG: text stays text, colours follow the reader's light or dark, and no font need be installed where it is made.</summary>
public static class PlotSvg
{
    private const double Wide = 760;
    private const double Narrow = 336;              // a window of 360 pixels without its margins

    /// <summary>A picture for a file of its own, with title and style.</summary>
    /// <param name="plot">The figure.</param>
    /// <returns>A whole SVG document.</returns>
    public static string Document(Plot plot)
    {
        var canvas = new SvgCanvas(Wide);
        canvas.Text(0, 16, SvgCanvas.Fit(plot.Title, Wide * 0.8), "title");
        return canvas.Close(Draw(canvas, plot, 30), plot.Title, PlotStyle.Sheet).Replace("<svg ", "<svg style=\"padding:12px\" ", StringComparison.Ordinal);
    }

    /// <summary>Two pictures for a page, for wide and for narrow windows; the page's style shows the one that fits.</summary>
    /// <param name="plot">The figure.</param>
    /// <returns>Two elements; <see cref="Style"/> must stand in the page.</returns>
    public static string Inline(Plot plot)
    {
        var (wide, narrow) = (new SvgCanvas(Wide), new SvgCanvas(Narrow));
        return wide.Close(Draw(wide, plot, 4), plot.Title, variant: "wide") + narrow.Close(Draw(narrow, plot, 4), plot.Title, variant: "narrow");
    }

    /// <summary>The style sheet that <see cref="Inline"/> needs.</summary>
    public static string Style => PlotStyle.Sheet + ".plot.narrow{display:none}@media(max-width:640px){.plot.wide{display:none}.plot.narrow{display:block;width:100%}}";

    private static double Draw(SvgCanvas canvas, Plot plot, double top) => plot switch
    {
        LinePlot lines => LinePicture.Draw(canvas, lines, top),
        IntervalPlot intervals => IntervalPicture.Draw(canvas, intervals, top),
        ScatterPlot points => ScatterPicture.Draw(canvas, points, top),
        BarPlot bars => BarPicture.Draw(canvas, bars, top),
        ColourPlot colours => ColourPicture.Draw(canvas, colours, top),
        HeatmapPlot cells => HeatmapPicture.Draw(canvas, cells, top),
        TimelinePlot timeline => TimelinePicture.Draw(canvas, timeline, top),
        GanttPlot bars => GanttPicture.Draw(canvas, bars, top),
        _ => throw new ArgumentException($"There is no picture of a {plot.GetType().Name}.", nameof(plot)),
    };
}
