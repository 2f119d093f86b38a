namespace Pilotage.Settings;

/// <summary>Turns what a user wrote into a field's value, or into the mistakes that it holds.</summary>
internal static class SettingsParser
{
    private const string Null = "null";

    /// <summary>Reads the entry for the field; after a mistake the key stands among the wrong ones and the result means nothing.</summary>
    public static object? Parse(SettingField field, string key, SettingEntry entry, SettingsCheck check)
    {
        var isPlain = entry.Items is null && !entry.IsQuoted;
        if (field.IsNullable && isPlain && entry.Text is Null or "~") return null;
        if (entry.Items is null && entry.Text is null)
        {
            check.Add("PIL0106", key, $"{key} has no value.", SettingsCheck.Advice(field) + (field.IsNullable ? " For none, write null." : ""));
            return null;
        }

        if (field.IsList) return List(field, key, entry, check);
        if (entry.Items is { } items)
        {
            check.Add("PIL0102", key, $"{key} = [{string.Join(", ", items)}] is a list; {field.TypeName} is wanted.", SettingsCheck.Advice(field));
            return null;
        }

        var value = One(field, key, key, entry.Text!, check);
        if (value is not null) check.Value(field, key, value);
        return value;
    }

    private static object? List(SettingField field, string key, SettingEntry entry, SettingsCheck check)
    {
        var items = entry.Items ?? Split(entry.Text!);
        var values = new List<object>();
        for (var i = 0; i < items.Count; i++)
        {
            if (One(field, key, $"{key}[{i}]", items[i], check) is { } value) values.Add(value);
        }

        if (check.Wrong.Contains(key)) return null;
        var list = field.Value!.ListOf(values);
        check.Value(field, key, list);
        return list;
    }

    private static string[] Split(string text)
    {
        var inside = text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
        return string.IsNullOrWhiteSpace(inside) ? [] : inside.Split(',', StringSplitOptions.TrimEntries);
    }

    private static object? One(SettingField field, string key, string shownKey, string text, SettingsCheck check)
    {
        if (text.Length == 0 && field.IsList && field.Value != SettingValue.Text)
        {
            check.Add("PIL0106", key, $"{shownKey} has no value.", SettingsCheck.Advice(field));
            return null;
        }

        var reading = field.Value!.Read(text);
        switch (reading.Kind)
        {
            case ReadingKind.Value:
                return reading.Value;
            case ReadingKind.NotFinite:
                check.Add("PIL0103", key, $"{shownKey} = {text} is not a finite number.", SettingsCheck.Advice(field));
                return null;
            case ReadingKind.TooLarge:
                var range = field.Interval.Length > 0 ? $"; allowed: {field.Interval}" : "";
                check.Add("PIL0107", key, $"{shownKey} = {text} is beyond what {field.Value.Bits} bits hold{range}.", SettingsCheck.Advice(field));
                return null;
            default:
                if (field.Choices.Count > 0) check.Choice(field, key, shownKey, text);
                else check.Add("PIL0102", key, $"{shownKey} = {text} is not {Article(field.Value)}.", SettingsCheck.Advice(field));
                return null;
        }
    }

    private static string Article(SettingValue value) => value == SettingValue.Boolean ? value.Name : $"a {value.Name}";
}
