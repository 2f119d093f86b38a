using System.Text;

namespace Pilotage.Settings;

/// <summary>The table of all settings, for <c>show</c> and for the documentation.</summary>
public static class SettingsHelp
{
    /// <summary>One row for each value, nested records included.</summary>
    /// <param name="schema">The settings.</param>
    /// <returns>In the order of the source.</returns>
    public static IReadOnlyList<SettingRow> Rows(SettingsSchema schema)
    {
        var rows = new List<SettingRow>();
        Collect(schema, schema.Default, "", rows);
        return rows;
    }

    /// <summary>The table as Markdown.</summary>
    /// <param name="schema">The settings.</param>
    /// <returns>Lines ending in line feeds; bars in texts are escaped.</returns>
    public static string ToMarkdown(SettingsSchema schema)
    {
        var text = new StringBuilder("| key | type | default | range | meaning |\n|---|---|---|---|---|\n");
        foreach (var row in Rows(schema))
            text.Append($"| `{row.Key}` | {Escape(row.Type)} | `{row.Default.Replace("`", "'", StringComparison.Ordinal)}` | {row.Range} | {Escape(row.Summary)} |\n");
        return text.ToString();
    }

    private static void Collect(SettingsSchema schema, object defaults, string prefix, List<SettingRow> rows)
    {
        foreach (var field in schema.Fields)
        {
            var value = field.Read(defaults);
            if (field.Nested is { } nested) Collect(nested, value!, $"{prefix}{field.Key}.", rows);
            else rows.Add(new(prefix + field.Key, field.TypeName, SettingsText.Format(field, value), field.Interval, field.Summary));
        }
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
