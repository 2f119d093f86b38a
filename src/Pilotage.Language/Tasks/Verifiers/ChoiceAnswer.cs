using System.Text.RegularExpressions;

namespace Pilotage.Language.Tasks.Verifiers;

/// <summary>Answers that are one of the letters A to Z.</summary>
internal static partial class ChoiceAnswer
{
    public static bool Accepts(string answer, string response)
    {
        var letters = Letters().Matches(AnswerText.LatexBox(response) ?? AnswerText.Tagged(response) ?? response);
        return letters.Count > 0 && letters[^1].Value == answer.Trim();
    }

    public static string? Check(string answer) => answer.Trim() is [>= 'A' and <= 'Z'] ? null : "is not one letter from A to Z";

    // "I" is the pronoun more often than the ninth choice; it counts in a box or a tag, where it stands alone.
    [GeneratedRegex(@"(?<![\w'])(?:[A-HJ-Z]|(?<=^\s*)I(?=\s*$))(?![\w'])", RegexOptions.CultureInvariant)]
    private static partial Regex Letters();
}
