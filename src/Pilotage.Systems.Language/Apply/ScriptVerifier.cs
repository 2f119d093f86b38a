using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Pilotage.Language.Tasks.Verifiers;

namespace Pilotage.Systems.Language.Apply;

/// <summary>A verifier that a user wrote as a C# script: it sees Prompt, Answer and Response, and its last expression is the reward.</summary>
/// <remarks>
/// <c>Response.Contains(Answer)</c>, or a whole program that ends so; a truth value counts as 1 or 0. The script runs with the rights of the user who gave it. One that throws or never
/// returns is met by <see cref="VerifierGuard"/>.
/// </remarks>
internal static class ScriptVerifier
{
    private static readonly ScriptOptions Options = ScriptOptions.Default
        .WithReferences(typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(List<>).Assembly, typeof(Regex).Assembly, typeof(System.Numerics.BigInteger).Assembly, typeof(ScriptedAnswer).Assembly)
        .WithImports("System", "System.Collections.Generic", "System.Globalization", "System.Linq", "System.Text", "System.Text.RegularExpressions");

    /// <summary>Compiles a script.</summary>
    /// <param name="path">Its file.</param>
    /// <returns>The verifier, thread-safe where the script keeps no state.</returns>
    /// <exception cref="UserMistakeException">PIL1828: the file cannot be read, or does not compile.</exception>
    public static Verifier Load(string path)
    {
        string code;
        try
        {
            code = File.ReadAllText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(new Mistake("PIL1828", $"The verifier {path} cannot be read: {problem.Message}", "", "Give a file of C#, such as Response.Contains(Answer).").ToString());
        }
        var name = Path.GetFileName(path);
        var script = CSharpScript.Create<object>(code, Options, typeof(ScriptedAnswer));
        string[] errors = [.. script.Compile().Where(found => found.Severity == DiagnosticSeverity.Error).Take(10).Select(found => Said(found, name))];
        UserMistakeException.ThrowIfAny(errors);
        var run = script.CreateDelegate();
        return new(name, "a script of the user's", (problem, response) => Reward(run(new ScriptedAnswer(problem.Prompt, problem.Answer, response)).GetAwaiter().GetResult()), _ => null);
    }

    private static string Said(Diagnostic found, string name)
    {
        var place = found.Location.GetLineSpan().StartLinePosition;
        return new Mistake("PIL1828", $"The verifier does not compile: {found.GetMessage(CultureInfo.InvariantCulture).TrimEnd('.')}.", FormattableString.Invariant($"{name}, line {place.Line + 1}, column {place.Character + 1}"),
            "It sees Prompt, Answer and Response, and its last expression is the reward.").ToString();
    }

    private static double Reward(object? value) => value switch
    {
        bool isRight => isRight ? 1 : 0,
        IConvertible number and not string => number.ToDouble(CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"The script's last expression is {value ?? "nothing"}, not a number or a truth value."),
    };
}
