using System.Text.RegularExpressions;

namespace Pilotage.Dashboard.Board.Runs;

/// <summary>Takes out of texts what must not be shown: values of keys that are called like secrets, passwords within addresses, and the dashboard's own token.</summary>
internal sealed partial class Secrets(DashboardOptions options)
{
    private const string Hidden = "(hidden)";

    /// <summary>The text without secrets.</summary>
    public string Hide(string text)
    {
        if (options.Token is { Length: >= 4 } token) text = text.Replace(token, Hidden, StringComparison.Ordinal);
        text = InAddresses.Replace(text, $"$1{Hidden}@");
        text = Bearers.Replace(text, $"$1{Hidden}");
        return ByName.Replace(text, match => IsPlain(match.Groups["value"].Value) ? match.Value : $"{match.Groups["key"].Value}{Hidden}");
    }

    // Counts, switches and nothing: "padToken: 0" is no secret.
    private static bool IsPlain(string value) => value is "null" or "true" or "false" or "''" or "\"\"" || double.TryParse(value, out _);

    [GeneratedRegex(@"(?<key>\b[\w.-]*(?:token|secret|password|passwd|credentials?|api[_-]?key)[""']?[ \t]*[:=][ \t]*)(?<value>""[^""\n]*""|'[^'\n]*'|[^\s,;]+)", RegexOptions.IgnoreCase)]
    private static partial Regex ByName { get; }

    [GeneratedRegex(@"(\w://[^\s:/@]+:)[^\s@/]+@")]
    private static partial Regex InAddresses { get; }

    [GeneratedRegex(@"(\bBearer\s+)[\w.~+/=-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex Bearers { get; }
}
