namespace Pilotage.Settings;

/// <summary>Settings from one place: a file, the command line, code. Of several sources, later ones win; within one, a key may stand once.</summary>
/// <param name="Entries">In the order in which they were written.</param>
public sealed record SettingSource(IReadOnlyList<SettingEntry> Entries)
{
    /// <summary>What was wrong with reading the source itself; reported together with what is wrong in its entries.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; init; } = [];

    /// <summary>Settings from <c>--set key=value</c> options.</summary>
    /// <param name="assignments">The texts after <c>--set</c>.</param>
    /// <returns>The source; a text without <c>=</c> becomes a mistake.</returns>
    public static SettingSource FromAssignments(IEnumerable<string> assignments)
    {
        var entries = new List<SettingEntry>();
        var mistakes = new List<Mistake>();
        foreach (var assignment in assignments)
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && assignment[..equals].Trim() is { Length: > 0 } key)
                entries.Add(Written(key, assignment[(equals + 1)..].Trim(), $"--set {assignment}"));
            else
                mistakes.Add(new("PIL0110", $"--set {assignment} is not key=value.", "", "Write the key, an equals sign and the value, without blanks: --set clipRadius=0.1."));
        }

        return new(entries) { Mistakes = mistakes };
    }

    /// <summary>Settings given by code.</summary>
    /// <param name="values">Keys and values as text.</param>
    /// <param name="where">Names the place in messages.</param>
    /// <returns>The source.</returns>
    public static SettingSource FromCode(IEnumerable<KeyValuePair<string, string>> values, string where) =>
        new([.. values.Select(value => Written(value.Key, value.Value, where))]);

    private static SettingEntry Written(string key, string text, string where)
    {
        var isQuoted = text.Length >= 2 && (text[0] is '"' or '\'') && text[^1] == text[0];
        return new(key, isQuoted ? text[1..^1] : text.Length == 0 ? null : text, where) { IsQuoted = isQuoted };
    }
}
