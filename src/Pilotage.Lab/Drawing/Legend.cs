namespace Pilotage.Lab.Drawing;

/// <summary>Names of lines or parts in rows that break where the width ends.</summary>
internal static class Legend
{
    private const double RowHeight = 18;
    private const double Swatch = 22;
    private const double Gap = 18;

    /// <summary>Draws the names and gives the y below them.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="top">Pixel of the upper edge.</param>
    /// <param name="entries">Name and class; nothing is drawn for none.</param>
    /// <param name="isFilled">Whether swatches are squares.</param>
    public static double Draw(SvgCanvas canvas, double top, IReadOnlyList<(string Name, string Style)> entries, bool isFilled = false)
    {
        if (entries.Count == 0) return top;
        var (x, y) = (0.0, top + 12);
        foreach (var (name, style) in entries)
        {
            var text = SvgCanvas.Fit(name, canvas.Width - Swatch);
            var width = Swatch + SvgCanvas.WidthOf(text);
            if (x > 0 && x + width > canvas.Width) (x, y) = (0, y + RowHeight);
            if (isFilled) canvas.Rectangle(x, y - 10, 12, 12, $"{style} fill");
            else canvas.Line(x, y - 4, x + Swatch - 6, y - 4, style.Contains("reference", StringComparison.Ordinal) ? style : $"{style} line");
            canvas.Text(x + (isFilled ? 17 : Swatch), y, text);
            x += width + Gap;
        }
        return y + RowHeight;
    }
}
