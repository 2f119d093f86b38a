using System.Collections;
using System.Globalization;
using System.Text;

namespace Pilotage.Settings;

/// <summary>Writes a settings record as text that reads back to an equal one.</summary>
public static class SettingsText
{
    // As wide as the comments of the source; a terminal of 120 columns shows them with a nested indent.
    private const int CommentWidth = 110;

    /// <summary>All values in the order of the source.</summary>
    /// <param name="schema">Schema of the record.</param>
    /// <param name="settings">The record.</param>
    /// <returns>Keys, with dots for nested records, and values as <c>--set</c> and YAML take them. Two records are equal exactly if these are.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> Flatten(SettingsSchema schema, object settings)
    {
        var values = new List<KeyValuePair<string, string>>();
        Collect(schema, settings, "", values);
        return values;
    }

    /// <summary>YAML with the documentation and range of each field above it and a blank line between fields.</summary>
    /// <param name="schema">Schema of the record.</param>
    /// <param name="settings">The record.</param>
    /// <param name="indent">Blanks before each line, for a section of a larger file.</param>
    /// <returns>Lines ending in line feeds.</returns>
    public static string ToYaml(SettingsSchema schema, object settings, int indent = 0)
    {
        var text = new StringBuilder();
        Write(text, schema, settings, indent);
        return text.ToString();
    }

    /// <summary>A field's value as text.</summary>
    /// <param name="field">A field that is not a nested record.</param>
    /// <param name="value">Its value.</param>
    /// <returns>A YAML scalar or flow sequence; texts that could be read as something else stand in double quotes.</returns>
    public static string Format(SettingField field, object? value)
    {
        if (field.Value is not { } type) throw new ArgumentException($"{field.Key} is a nested record; format its fields.", nameof(field));
        if (value is null) return "null";
        return field.IsList
            ? $"[{string.Join(", ", ((IEnumerable)value).Cast<object>().Select(item => Scalar(type, item)))}]"
            : Scalar(type, value);
    }

    private static void Collect(SettingsSchema schema, object settings, string prefix, List<KeyValuePair<string, string>> values)
    {
        foreach (var field in schema.Fields)
        {
            var value = field.Read(settings);
            if (field.Nested is { } nested) Collect(nested, value!, $"{prefix}{field.Key}.", values);
            else values.Add(new(prefix + field.Key, Format(field, value)));
        }
    }

    private static void Write(StringBuilder text, SettingsSchema schema, object settings, int indent)
    {
        var margin = new string(' ', indent);
        var isFirst = true;
        foreach (var field in schema.Fields)
        {
            if (!isFirst) text.Append('\n');
            isFirst = false;
            foreach (var line in Wrap(field.Summary)) text.Append($"{margin}# {line}\n");
            if (field.Nested is { } nested)
            {
                text.Append($"{margin}{field.Key}:\n");
                Write(text, nested, field.Read(settings)!, indent + 2);
                continue;
            }

            text.Append($"{margin}# {Kind(field)}\n{margin}{field.Key}: {Format(field, field.Read(settings))}\n");
        }
    }

    private static string Kind(SettingField field)
    {
        var name = field.Choices.Count > 0 && !field.IsList
            ? $"One of {string.Join(", ", field.Choices)}{(field.IsNullable ? ", or null" : "")}"
            : char.ToUpperInvariant(field.TypeName[0]) + field.TypeName[1..];
        if (field.Interval.Length == 0) return name + ".";
        return field.Minimum is not null && field.Maximum is not null ? $"{name} in {field.Interval}." : $"{name}, {field.Interval}.";
    }

    private static List<string> Wrap(string words)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > CommentWidth)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0) lines.Add(line.ToString());
        return lines;
    }

    private static string Scalar(SettingValue type, object value)
    {
        var text = type.Write(value);
        return type != SettingValue.Text || IsPlain(text) ? text : Quote(text);
    }

    // Words that a YAML reader of any version could take for something other than text are quoted.
    private static bool IsPlain(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '/')
        && text.ToLowerInvariant() is not ("null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or "nan" or "inf" or "infinity");

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                // Controls, the line ends beyond ASCII and the byte order mark do not survive as they are.
                _ when char.IsControl(character) || character is '\u2028' or '\u2029' or '\uFEFF' =>
                    "\\u" + ((int)character).ToString("X4", CultureInfo.InvariantCulture),
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
