using Pilotage.Language.Tasks.Countdown;

namespace Pilotage.Language.Tasks.Verifiers;

/// <summary>Answers that are countdown puzzles.</summary>
internal static class CountdownAnswer
{
    /// <summary>The expression stands between answer tags, in a box, or is the whole response; a result behind an equals sign is left out.</summary>
    public static bool Accepts(string answer, string response)
    {
        var text = AnswerText.Tagged(response) ?? AnswerText.LatexBox(response) ?? response;
        var end = text.IndexOf('=', StringComparison.Ordinal);
        return CountdownPuzzle.TryParse(answer)!.IsSolvedBy(end < 0 ? text : text[..end]);
    }

    public static string? Check(string answer) => CountdownPuzzle.TryParse(answer) is null ? "is no puzzle, such as 3 5 2 to 16" : null;
}
