using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Drawing;

/// <summary>Draws a <see cref="HeatmapPlot"/>: one rectangle to a cell, with its number where there is room.</summary>
internal static class HeatmapPicture
{
    private const double Highest = 420;             // of all rows together
    private const double TallestCell = 34;
    private const double LineHeight = 16;
    private const int MostNames = 12;

    /// <summary>Gives the height used.</summary>
    public static double Draw(SvgCanvas canvas, HeatmapPlot plot, double top)
    {
        var scale = HeatScale.Of(plot);
        top = scale.DrawKey(canvas, plot.Measure, top) + PlotArea.Above;
        var left = Math.Min(plot.Rows.Max(SvgCanvas.WidthOf) + 8, canvas.Width * 0.35);
        var (width, height) = ((canvas.Width - left) / plot.Columns.Count, Math.Min(TallestCell, Highest / plot.Rows.Count));
        canvas.Text(0, top - 8, SvgCanvas.Fit(plot.Y.Title, canvas.Width), "strong");
        for (var row = 0; row < plot.Rows.Count; row++)
        {
            var y = top + row * height;
            if (row % Every(height, LineHeight) == 0) canvas.Text(left - 6, y + height / 2 + 4, SvgCanvas.Fit(plot.Rows[row], left - 6), anchor: "end");
            for (var column = 0; column < plot.Columns.Count; column++)
            {
                var value = plot.Values[row * plot.Columns.Count + column];
                if (!double.IsFinite(value)) continue;
                var text = Figures.Of(value);
                var (colour, strength) = scale.Of(value);
                canvas.Cell(left + column * width, y, width, height, colour, strength, $"{plot.Rows[row]}, {plot.Columns[column]}: {text}");
                if (SvgCanvas.WidthOf(text) + 4 <= width && height >= LineHeight) canvas.Text(left + (column + 0.5) * width, y + height / 2 + 4, text, "strong", "middle");
            }
        }
        return DrawColumns(canvas, plot, left, width, top + plot.Rows.Count * height);
    }

    // A few columns are names, each cut to its cell; many are numbers, of which some are left out.
    private static double DrawColumns(SvgCanvas canvas, HeatmapPlot plot, double left, double width, double bottom)
    {
        var areNames = plot.Columns.Count <= MostNames;
        var every = areNames ? 1 : Every(width, plot.Columns.Max(SvgCanvas.WidthOf) + 6);
        for (var column = 0; column < plot.Columns.Count; column += every)
            canvas.Text(left + (column + 0.5) * width, bottom + LineHeight, areNames ? SvgCanvas.Fit(plot.Columns[column], width) : plot.Columns[column], anchor: "middle");
        canvas.Text(canvas.Width, bottom + 2 * LineHeight + 2, SvgCanvas.Fit(plot.X.Title, canvas.Width), "strong", "end");
        return bottom + PlotArea.Below;
    }

    private static int Every(double cell, double needed) => Math.Max(1, (int)Math.Ceiling(needed / cell));

    /// <summary>Which colour a number gets, and how strong.</summary>
    private sealed record HeatScale(double Low, double High, double? Centre)
    {
        private const double Palest = 0.06;
        private const double Strongest = 0.75;

        public static HeatScale Of(HeatmapPlot plot)
        {
            var numbers = plot.Values.Where(double.IsFinite).ToList();
            return numbers.Count == 0 ? new(0, 1, plot.Centre) : new(numbers.Min(), numbers.Max(), plot.Centre);
        }

        public (string Colour, double Strength) Of(double value)
        {
            var reach = Centre is { } centre ? Math.Max(High - centre, centre - Low) : High - Low;
            var share = reach <= 0 ? 0 : Math.Abs(value - (Centre ?? Low)) / reach;
            return (PlotStyle.Colour(Centre > value ? 1 : 0), Palest + (Strongest - Palest) * share);
        }

        public double DrawKey(SvgCanvas canvas, Axis measure, double top)
        {
            double[] shown = Centre is { } centre ? [Low, centre, High] : [Low, (Low + High) / 2, High];
            var x = 0.0;
            foreach (var value in shown.Where(value => value >= Low && value <= High).Distinct())
            {
                var (colour, strength) = Of(value);
                canvas.Cell(x, top + 2, 12, 12, colour, strength, "");
                canvas.Text(x + 17, top + 12, Figures.Of(value));
                x += 17 + SvgCanvas.WidthOf(Figures.Of(value)) + 14;
            }
            canvas.Text(x, top + 12, SvgCanvas.Fit(measure.Title, canvas.Width - x), "strong");
            return top + 18;
        }
    }
}
