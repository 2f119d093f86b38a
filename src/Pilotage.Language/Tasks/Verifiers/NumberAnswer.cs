using System.Text.RegularExpressions;

namespace Pilotage.Language.Tasks.Verifiers;

/// <summary>Answers that are numbers, compared exactly: 0.5, 1/2 and .50 are the same.</summary>
internal static partial class NumberAnswer
{
    public static bool Accepts(string answer, string response)
    {
        var text = AnswerText.LatexBox(response) ?? (response.LastIndexOf("####", StringComparison.Ordinal) is >= 0 and var place ? response[(place + 4)..] : null);
        var number = text is not null ? ExactNumber.TryParse(text) : Numbers().Matches(response) is { Count: > 0 } numbers ? ExactNumber.TryParse(numbers[^1].Value) : null;
        return number is not null && number == ExactNumber.TryParse(answer);
    }

    public static string? Check(string answer) => ExactNumber.TryParse(answer) is null ? "is no number, such as 42, -1,234.5 or 3/4" : null;

    // A sign only where nothing stands close before it: 7-5 ends with 5.
    [GeneratedRegex(@"(?:(?<![\w.)])-)?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)(?:/\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
