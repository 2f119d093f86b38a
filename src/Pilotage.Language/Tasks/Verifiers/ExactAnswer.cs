namespace Pilotage.Language.Tasks.Verifiers;

/// <summary>Answers that are compared as text.</summary>
internal static class ExactAnswer
{
    public static bool Accepts(string answer, string response) => response.AsSpan().Trim().SequenceEqual(answer.AsSpan().Trim());

    public static bool AcceptsBoxed(string answer, string response) =>
        AnswerText.LatexBox(response) is { } boxed && (Accepts(answer, boxed) || ExactNumber.TryParse(answer) is { } wanted && ExactNumber.TryParse(boxed) == wanted);
}
