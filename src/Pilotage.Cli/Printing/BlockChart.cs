using System.Text;

namespace Pilotage.Cli.Printing;

/// <summary>A curve as a field of block characters, for terminals. Reads best for a curve that rises or falls.</summary>
internal static class BlockChart
{
    private const string Eighths = " ▁▂▃▄▅▆▇█";

    /// <summary>Draws a curve; points that fall on the same column are averaged.</summary>
    /// <param name="points">Ascending in x; values that are not finite are left out.</param>
    /// <param name="width">Columns in all, labels included.</param>
    /// <param name="height">Rows of blocks.</param>
    /// <param name="format">Writes a value or an x at the border.</param>
    /// <returns>Lines ending in line feeds; empty if fewer than two points are finite.</returns>
    public static string Draw(IReadOnlyList<(double X, double Value)> points, int width, int height, Func<double, string> format)
    {
        var finite = points.Where(point => double.IsFinite(point.Value)).ToList();
        if (finite.Count < 2) return "";
        var (low, high) = (finite.Min(point => point.Value), finite.Max(point => point.Value));
        var (first, last) = (finite[0].X, finite[^1].X);
        string[] labels = [format(high), format(low)];
        var margin = labels.Max(label => label.Length);
        var columns = Math.Max(8, Math.Min(width - margin - 3, finite.Count));
        var levels = Levels(finite, columns, low, high, height * 8);

        var text = new StringBuilder();
        for (var row = height - 1; row >= 0; row--)
        {
            var label = row == height - 1 ? labels[0] : row == 0 ? labels[1] : "";
            text.Append(label.PadLeft(margin)).Append(label.Length > 0 ? " ┤" : " │");
            var line = string.Concat(levels.Select(level => Eighths[Math.Clamp(level - row * 8, 0, 8)]));
            text.Append(line.TrimEnd()).Append('\n');
        }
        var (left, right) = (format(first), format(last));
        text.Append(' ', margin).Append(" └").Append('─', columns).Append('\n');
        text.Append(' ', margin + 2).Append(left).Append(right.PadLeft(Math.Max(right.Length + 1, columns - left.Length))).Append('\n');
        return text.ToString();
    }

    private static int[] Levels(List<(double X, double Value)> points, int columns, double low, double high, int most)
    {
        var (sums, counts) = (new double[columns], new int[columns]);
        for (var i = 0; i < points.Count; i++)
        {
            var column = (int)((long)i * columns / points.Count);
            sums[column] += points[i].Value;
            counts[column]++;
        }
        var levels = new int[columns];
        for (var column = 0; column < columns; column++)
        {
            // At least an eighth, so that the lowest point is seen; a flat curve stands in the middle.
            var mean = sums[column] / counts[column];
            levels[column] = high > low ? 1 + (int)Math.Round((mean - low) / (high - low) * (most - 1)) : most / 2;
        }
        return levels;
    }
}
