using System.Text;

namespace Pilotage.Tracking.Mlflow;

/// <summary>Names as MLflow takes them for metrics, parameters and tags.</summary>
/// <remarks>
/// MLflow's rules (its <c>utils/validation.py</c>, version 2): letters, digits, underscores, dashes, periods, blanks and slashes; at most 250 characters; and as a
/// path the name must be its own normal form: no empty part, none that is a period or two, no slash at either end. A name is a path of files there, so none may
/// be the beginning of another's either.
/// </remarks>
internal sealed class MlflowNames
{
    private const int MostCharacters = 250, MostOfAPart = 200;
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that MLflow takes and that no other had.</summary>
    /// <param name="name">Any text.</param>
    public string Fit(string name)
    {
        var parts = name.Split('/').Select(Part).Where(part => part.Length > 0).ToList();
        var fitting = parts.Count == 0 ? "_" : string.Join('/', parts);
        if (fitting.Length > MostCharacters - 8) fitting = fitting[..(MostCharacters - 8)].TrimEnd('/', ' ');
        var (first, rest) = fitting.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? (fitting[..slash], fitting[slash..]) : (fitting, "");
        var free = fitting;
        for (var number = 2; !IsFree(free); number++) free = FormattableString.Invariant($"{first}_{number}{rest}");
        _taken.Add(free);
        return free;
    }

    // Neither a file where another name has a folder, nor the other way round.
    private bool IsFree(string name) => !_taken.Contains(name) && !_taken.Any(other => other.StartsWith(name + "/", StringComparison.OrdinalIgnoreCase) || name.StartsWith(other + "/", StringComparison.OrdinalIgnoreCase));

    private static string Part(string part)
    {
        var text = new StringBuilder();
        foreach (var character in part.Trim()) text.Append(char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or ' ' ? character : '_');
        if (text.Length > MostOfAPart) text.Length = MostOfAPart;
        var fitting = text.ToString().Trim();
        return fitting is "." or ".." ? fitting.Replace('.', '_') : fitting;
    }
}
