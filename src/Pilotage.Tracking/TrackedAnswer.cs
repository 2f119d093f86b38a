using System.Text.Json;

namespace Pilotage.Tracking;

/// <summary>The answer of an application to a user's own problem.</summary>
/// <param name="Headline">The recommendation.</param>
/// <param name="Columns">Titles of the table's columns.</param>
/// <param name="Rows">One text a column.</param>
internal sealed record TrackedAnswer(string Headline, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Reads the <c>report.json</c> of an application.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="where">Its path, for messages.</param>
    /// <exception cref="UserMistakeException">It lacks what it should have (PIL2020).</exception>
    public static TrackedAnswer Parse(string json, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new(
                root.GetProperty("headline").GetString() ?? "", [.. root.GetProperty("columns").EnumerateArray().Select(column => column.GetString() ?? "")],
                [.. root.GetProperty("rows").EnumerateArray().Select(row => (IReadOnlyList<string>)[.. row.EnumerateArray().Select(cell => cell.GetString() ?? "")])]);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new UserMistakeException(new Mistake("PIL2020", $"{where} is not a report of an application.", "", "It was changed by hand: run again, or leave this run out.").ToString());
        }
    }
}
