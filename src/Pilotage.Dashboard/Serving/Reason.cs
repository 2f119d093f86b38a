namespace Pilotage.Dashboard.Serving;

/// <summary>A problem's text taken apart for replies, which have no lines to indent.</summary>
internal static class Reason
{
    private const string Unknown = "PIL1700";

    /// <summary>The code and the rest in one line.</summary>
    /// <param name="problem">As <see cref="Mistake"/> writes it: code, two spaces, lines.</param>
    public static (string Code, string Detail) Of(string problem)
    {
        var line = OneLine(problem);
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        return end == Unknown.Length && line.StartsWith("PIL", StringComparison.Ordinal) ? (line[..end], line[end..].Trim()) : (Unknown, line);
    }

    /// <summary>All lines in one, without indentation.</summary>
    public static string OneLine(string problem) => string.Join(' ', problem.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
