namespace Pilotage.Lab.Printing;

/// <summary>Breaks a text into lines at its blanks.</summary>
internal static class Wrap
{
    /// <summary>The lines of a text; a word longer than a line stands alone on its own.</summary>
    /// <param name="text">Blanks and line feeds part its words.</param>
    /// <param name="width">Most characters of a line.</param>
    /// <returns>At least one line.</returns>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        lines.Add(line);
        return lines;
    }
}
