using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Drawing;

/// <summary>Draws a <see cref="ScatterPlot"/>. Labels that would cover another go above, below or to the left; where no side is free they are left to the mark's hint.</summary>
internal static class ScatterPicture
{
    private const double Height = 320;
    private const double Mark = 5;
    private const double TextHeight = 13;

    /// <summary>Gives the height used.</summary>
    public static double Draw(SvgCanvas canvas, ScatterPlot plot, double top)
    {
        var kinds = plot.Points.Select(point => point.Kind).Distinct().Order().ToList();
        if (kinds.Count > 1) top = Legend.Draw(canvas, top, [.. kinds.Select(kind => (Words.Of(kind), PlotStyle.Colour(kind)))], isFilled: true);
        top += PlotArea.Above;
        var y = PlotArea.Upwards(plot.Points.Select(point => point.Y), top, top + Height);
        var area = new PlotArea(PlotArea.RoomFor(y), top, canvas.Width - 8, top + Height);
        var x = AxisScale.Over(plot.Points.Select(point => point.X), area.Left + 12, area.Right - 24, 80, isRounded: false);
        area.DrawUpwards(canvas, y, plot.Y);
        area.DrawRightwards(canvas, x, plot.X, hasGrid: true);
        canvas.Path(plot.Front.Select(point => (x.Of(point.X), y.Of(point.Y))), "reference");

        var seen = plot.Points.Where(point => double.IsFinite(point.X + point.Y)).ToList();
        var taken = seen.Select(point => Box.Around(x.Of(point.X), y.Of(point.Y))).ToList();
        foreach (var point in seen)
        {
            var (px, py) = (x.Of(point.X), y.Of(point.Y));
            var hint = $"{point.Label}: {plot.X.Name} {Figures.Of(point.X)}, {plot.Y.Name} {Figures.Of(point.Y)}";
            if (point.Kind == ArmKind.Method) canvas.Circle(px, py, Mark, $"{PlotStyle.Colour(point.Kind)} fill", hint);
            else canvas.Diamond(px, py, Mark + 1, $"{PlotStyle.Colour(point.Kind)} fill", hint);
            Label(canvas, point.Label, px, py, area, taken);
        }
        return area.Bottom + PlotArea.Below;
    }

    private static void Label(SvgCanvas canvas, string text, double x, double y, PlotArea area, List<Box> taken)
    {
        var width = SvgCanvas.WidthOf(text);
        Box[] places =
        [
            new(x + Mark + 4, y - TextHeight / 2, width), new(x - Mark - 4 - width, y - TextHeight / 2, width),
            new(x - width / 2, y - Mark - 3 - TextHeight, width), new(x - width / 2, y + Mark + 3, width),
            new(x + Mark, y - TextHeight - 6, width), new(x + Mark, y + 6, width), new(x - Mark - width, y - TextHeight - 6, width), new(x - Mark - width, y + 6, width),
        ];
        foreach (var place in places)
        {
            if (place.X < area.Left || place.X + width > canvas.Width || place.Y < area.Top - 6 || place.Y + TextHeight > area.Bottom || taken.Any(place.Touches)) continue;
            canvas.Text(place.X, place.Y + TextHeight - 3, text);
            taken.Add(place);
            return;
        }
    }

    private readonly record struct Box(double X, double Y, double Width)
    {
        public static Box Around(double x, double y) => new(x - Mark, y - TextHeight / 2, 2 * Mark);

        public bool Touches(Box other) => X < other.X + other.Width && other.X < X + Width && Y < other.Y + TextHeight && other.Y < Y + TextHeight;
    }
}
