using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Drawing;

/// <summary>Draws an <see cref="IntervalPlot"/>: a mark with whiskers for each row.</summary>
internal static class IntervalPicture
{
    private const double RowHeight = 24;

    /// <summary>Gives the height used.</summary>
    public static double Draw(SvgCanvas canvas, IntervalPlot plot, double top)
    {
        var kinds = plot.Rows.Select(row => row.Kind).Distinct().Order().ToList();
        if (kinds.Count > 1) top = Legend.Draw(canvas, top, [.. kinds.Select(kind => (Words.Of(kind), PlotStyle.Colour(kind)))], isFilled: true);
        if (plot.Reference is not null && plot.ReferenceName.Length > 0) top += 14;
        var left = Math.Min(plot.Rows.Max(row => SvgCanvas.WidthOf(row.Label)) + 12, canvas.Width * 0.45);
        var area = new PlotArea(left, top, canvas.Width - 8, top + plot.Rows.Count * RowHeight);
        var values = plot.Rows.SelectMany(row => new[] { row.Estimate, row.Low ?? double.NaN, row.High ?? double.NaN }).Append(plot.Reference ?? double.NaN);
        var x = AxisScale.Over(values, area.Left + 8, area.Right - 8, 80, isRounded: false);
        for (var i = 0; i < plot.Rows.Count; i += 2) canvas.Rectangle(0, top + i * RowHeight, canvas.Width, RowHeight, "stripe");
        area.DrawRightwards(canvas, x, plot.X, hasGrid: true);
        if (plot.Reference is { } reference && double.IsFinite(reference))
        {
            var at = x.Of(reference);
            canvas.Line(at, area.Top, at, area.Bottom, "reference");
            var half = SvgCanvas.WidthOf(plot.ReferenceName) / 2;
            canvas.Text(Math.Clamp(at, half, Math.Max(half, canvas.Width - half)), area.Top - 4, plot.ReferenceName, anchor: "middle");
        }
        for (var i = 0; i < plot.Rows.Count; i++) Draw(canvas, plot.Rows[i], x, left, top + (i + 0.5) * RowHeight);
        return area.Bottom + PlotArea.Below;
    }

    private static void Draw(SvgCanvas canvas, IntervalRow row, AxisScale x, double left, double y)
    {
        var style = PlotStyle.Colour(row.Kind);
        canvas.Text(4, y + 4, SvgCanvas.Fit(row.Label, left - 8));
        if (row is { Low: { } low, High: { } high } && double.IsFinite(low + high))
        {
            canvas.Line(x.Of(low), y, x.Of(high), y, $"{style} bar");
            foreach (var end in new[] { low, high }) canvas.Line(x.Of(end), y - 4, x.Of(end), y + 4, $"{style} bar");
        }
        if (!double.IsFinite(row.Estimate)) return;
        var hint = $"{row.Label}: {Figures.Of(row.Estimate, row.Low, row.High)}";
        if (row.Kind == ArmKind.Method) canvas.Circle(x.Of(row.Estimate), y, 4.5, $"{style} fill", hint);
        else canvas.Diamond(x.Of(row.Estimate), y, 5, $"{style} fill", hint);
    }
}
