using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Drawing;

/// <summary>The rectangle between two axes: grid, ticks, titles.</summary>
internal sealed record PlotArea(double Left, double Top, double Right, double Bottom)
{
    private const double Gap = 6;
    private const double LineHeight = 16;

    /// <summary>Room below an area for tick texts and the axis's title.</summary>
    public const double Below = 2 * LineHeight + Gap;

    /// <summary>Room above an area for the title of what runs upwards.</summary>
    public const double Above = LineHeight + 4;

    /// <summary>The scale of what runs upwards: rounded, so that the lines do not touch the edge.</summary>
    public static AxisScale Upwards(IEnumerable<double> values, double top, double bottom) => AxisScale.Over(values, bottom, top, 45, isRounded: true);

    /// <summary>Pixels that the tick texts of an upward scale need on their left.</summary>
    public static double RoomFor(AxisScale scale) => scale.Ticks.Max(tick => SvgCanvas.WidthOf(scale.Text(tick))) + 2 * Gap;

    /// <summary>Draws horizontal lines with their texts, and the title above them.</summary>
    public void DrawUpwards(SvgCanvas canvas, AxisScale scale, Axis axis)
    {
        foreach (var tick in scale.Ticks)
        {
            canvas.Line(Left, scale.Of(tick), Right, scale.Of(tick), "grid");
            canvas.Text(Left - Gap, scale.Of(tick) + 4, scale.Text(tick), anchor: "end");
        }
        canvas.Text(0, Top - 8, SvgCanvas.Fit(axis.Title, Right), "strong");
    }

    /// <summary>Draws the bottom axis with its texts and its title.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="scale">From left to right.</param>
    /// <param name="axis">Its title.</param>
    /// <param name="hasGrid">Whether vertical lines go through the whole area.</param>
    public void DrawRightwards(SvgCanvas canvas, AxisScale scale, Axis axis, bool hasGrid = false)
    {
        foreach (var tick in scale.Ticks)
        {
            var x = scale.Of(tick);
            canvas.Line(x, hasGrid ? Top : Bottom, x, hasGrid ? Bottom : Bottom + 4, hasGrid ? "grid" : "axis");
            var half = SvgCanvas.WidthOf(scale.Text(tick)) / 2;
            canvas.Text(Math.Min(x, canvas.Width - half), Bottom + LineHeight, scale.Text(tick), anchor: "middle");
        }
        canvas.Line(Left, Bottom, Right, Bottom, "axis");
        canvas.Text(Right, Bottom + 2 * LineHeight + 2, SvgCanvas.Fit(axis.Title, Right), "strong", "end");
    }
}
