using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Lab.Drawing;

/// <summary>Draws the lines of a series between two scales.</summary>
internal static class LineLook
{
    // Two points a pixel of a wide picture; beyond that, each pixel keeps its least and its greatest value.
    private const int MostPoints = 1_600;

    /// <summary>Colours by name, the same in all panels; what lines are compared with is grey.</summary>
    public static Dictionary<string, string> Colours(IEnumerable<LineSeries> series)
    {
        var styles = new Dictionary<string, string>();
        foreach (var line in series) styles.TryAdd(line.Name, line.IsReference ? "reference" : PlotStyle.Colour(styles.Values.Count(style => style != "reference")));
        return styles;
    }

    /// <summary>All numbers that the upward scale must hold.</summary>
    public static IEnumerable<double> Heights(IEnumerable<LineSeries> series) => series.SelectMany(line => line.Y.Concat(line.Low).Concat(line.High));

    public static void Draw(SvgCanvas canvas, LineSeries line, AxisScale x, AxisScale y, string style)
    {
        var kept = Kept(line);
        if (line.Low.Count == line.X.Count && line.High.Count == line.X.Count)
            canvas.Band([.. kept.Select(i => (x.Of(line.X[i]), y.Of(line.Low[i]), y.Of(line.High[i])))], $"{style} fill band");
        var points = new List<(double X, double Y)>();
        foreach (var i in kept)
        {
            if (line.IsStepped && points.Count > 0) points.Add((x.Of(line.X[i]), points[^1].Y));
            points.Add((x.Of(line.X[i]), y.Of(line.Y[i])));
        }
        canvas.Path(points, style == "reference" ? style : $"{style} line");
        if (points.Count == 1) canvas.Circle(points[0].X, points[0].Y, 3, $"{style} fill");
    }

    private static IReadOnlyList<int> Kept(LineSeries line)
    {
        if (line.X.Count <= MostPoints) return [.. Enumerable.Range(0, line.X.Count)];
        var kept = new SortedSet<int> { 0, line.X.Count - 1 };
        for (var part = 0; part < MostPoints / 2; part++)
        {
            var (first, end) = ((int)((long)part * line.X.Count / (MostPoints / 2)), (int)((long)(part + 1) * line.X.Count / (MostPoints / 2)));
            var (least, greatest) = (first, first);
            for (var i = first; i < end; i++)
            {
                if (!(line.Y[i] >= line.Y[least])) least = i;
                if (!(line.Y[i] <= line.Y[greatest])) greatest = i;
            }
            kept.Add(least);
            kept.Add(greatest);
        }
        return [.. kept];
    }
}
