using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Pilotage.Language.Tasks.Verifiers;

/// <summary>Answers that are regular expressions.</summary>
internal static class RegexAnswer
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<string, Regex> Known = new(StringComparer.Ordinal);

    /// <exception cref="RegexMatchTimeoutException">The expression takes longer than a second on this response.</exception>
    public static bool Accepts(string answer, string response) => Known.GetOrAdd(answer, Make).IsMatch(response);

    public static string? Check(string answer)
    {
        try
        {
            Make(answer);
            return null;
        }
        catch (RegexParseException problem)
        {
            return $"is no regular expression ({problem.Error} at {problem.Offset})";
        }
    }

    private static Regex Make(string pattern) => new(pattern, RegexOptions.CultureInvariant, Limit);
}
