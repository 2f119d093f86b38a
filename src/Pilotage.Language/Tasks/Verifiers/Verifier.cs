using Pilotage.Settings;

namespace Pilotage.Language.Tasks.Verifiers;

/// <summary>A rule that judges responses by an answer.</summary>
/// <param name="Name">What files call it by.</param>
/// <param name="Description">What it accepts, one line.</param>
/// <param name="Judge">From the problem and the response to the reward; 1 or 0 for the built-in ones. Thread-safe.</param>
/// <param name="CheckAnswer">What is wrong with an answer's form, or <see langword="null"/>: asked once, when a file is read.</param>
public sealed record Verifier(string Name, string Description, Func<TextProblem, string, double> Judge, Func<string, string?> CheckAnswer)
{
    /// <summary>The built-in ones.</summary>
    public static IReadOnlyList<Verifier> BuiltIn { get; } =
    [
        new("exact", "the response is the answer, white space around both aside", (problem, response) => ExactAnswer.Accepts(problem.Answer, response) ? 1 : 0, _ => null),
        new("number", "the number in the last box, behind the last ####, or else the last number of the response equals the answer exactly", (problem, response) => NumberAnswer.Accepts(problem.Answer, response) ? 1 : 0, NumberAnswer.Check),
        new("boxed", "the text in the last box is the answer, or the same number", (problem, response) => ExactAnswer.AcceptsBoxed(problem.Answer, response) ? 1 : 0, _ => null),
        new("countdown", "an expression that uses the numbers of the answer once each and gives its target", (problem, response) => CountdownAnswer.Accepts(problem.Answer, response) ? 1 : 0, CountdownAnswer.Check),
        new("regex", "the answer is a regular expression that the response matches somewhere", (problem, response) => RegexAnswer.Accepts(problem.Answer, response) ? 1 : 0, RegexAnswer.Check),
        new("choice", "the letter in the last box, or else the last capital letter that stands alone, is the answer", (problem, response) => ChoiceAnswer.Accepts(problem.Answer, response) ? 1 : 0, ChoiceAnswer.Check),
    ];

    /// <summary>The built-in one of a name.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The verifier, or <see langword="null"/>.</returns>
    public static Verifier? Find(string name) => BuiltIn.FirstOrDefault(verifier => verifier.Name == name);

    /// <summary>What to say of a name that nothing has.</summary>
    internal static string AdviceFor(string name)
    {
        var names = BuiltIn.Select(verifier => verifier.Name).ToArray();
        return $"{(NearestName.Suggest(name, names) is { } nearest ? $"Did you mean {nearest}? " : "")}There are {string.Join(", ", names)}.";
    }
}
