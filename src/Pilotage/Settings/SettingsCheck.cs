using System.Collections;

namespace Pilotage.Settings;

/// <summary>One check of a settings record: what is wrong so far, and where each value was given.</summary>
internal sealed class SettingsCheck
{
    public List<Mistake> Mistakes { get; } = [];

    /// <summary>Where each key was last given; a key that is absent has its default.</summary>
    public Dictionary<string, string> Places { get; } = [];

    /// <summary>Keys whose value cannot be used.</summary>
    public HashSet<string> Wrong { get; } = [];

    public void Add(string code, string key, string what, string advice)
    {
        Wrong.Add(key);
        Mistakes.Add(new(code, what, Place(key), advice));
    }

    /// <summary>Checks all values of a record and of those inside it, and asks each for its contradictions.</summary>
    public void Record(SettingsSchema schema, object settings, string prefix)
    {
        foreach (var field in schema.Fields)
        {
            var key = prefix + field.Key;
            if (Wrong.Contains(key)) continue;
            var value = field.Read(settings);
            if (field.Nested is { } nested && value is not null) Record(nested, value, key + ".");
            else if (value is null && !field.IsNullable) Add("PIL0106", key, $"{key} has no value.", $"Give a {field.TypeName}.");
            else if (value is not null && !Places.ContainsKey(key)) Value(field, key, value);
        }

        if (settings is not ISettingsRules rules) return;
        foreach (var problem in rules.Problems()) Contradiction(schema, prefix, problem);
    }

    /// <summary>Checks a value of the right type; for a list, its items up to the first that is wrong.</summary>
    public void Value(SettingField field, string key, object value)
    {
        if (!field.IsList)
        {
            Item(field, key, key, value);
            return;
        }

        var index = 0;
        foreach (var item in (IEnumerable)value)
        {
            if (item is null) Add("PIL0106", key, $"{key}[{index}] has no value.", $"Give a {field.Value!.Name}.");
            else Item(field, key, $"{key}[{index}]", item);
            if (Wrong.Contains(key)) return;
            index++;
        }
    }

    public string Place(string key) => Places.GetValueOrDefault(key, "");

    public static string Advice(SettingField field)
    {
        var usual = field.Usual.Length > 0 ? $"; usual {field.Usual}" : "";
        return field.Choices.Count > 0
            ? $"Use {Either(field.Choices)}{usual}."
            : $"Give {(field.Value == SettingValue.Boolean ? field.Value.Name : field.IntervalInWords())}{usual}.";
    }

    private void Item(SettingField field, string key, string shownKey, object value)
    {
        var text = field.Value!.Write(value);
        if (field.Value.NumberOf(value) is { } number)
        {
            if (!double.IsFinite(number)) Add("PIL0103", key, $"{shownKey} = {text} is not a finite number.", Advice(field));
            else if (!field.Contains(number)) Add("PIL0107", key, $"{shownKey} = {text} is outside {Outside(field)}.", Advice(field));
        }

        if (field.AllowedValues.Count > 0 && !field.AllowedValues.Contains(text)) Choice(field, key, shownKey, text);
    }

    public void Choice(SettingField field, string key, string shownKey, string text)
    {
        var nearest = NearestName.Suggest(text, field.Choices);
        var advice = nearest is null ? Advice(field) : $"Did you mean {nearest}? Allowed: {string.Join(", ", field.Choices)}.";
        Add("PIL0104", key, $"{shownKey} = {text} is not one of the allowed values.", advice);
    }

    private static string Outside(SettingField field) => field.Minimum is null || field.Maximum is null ? $"its range, {field.Interval}" : field.Interval;

    private void Contradiction(SettingsSchema schema, string prefix, string problem)
    {
        var words = problem.Split([.. " =,.;:()[]{}'\"*/+<>"], StringSplitOptions.RemoveEmptyEntries)
            .Select(SettingValue.Fold).ToHashSet();
        var named = schema.Fields.Where(field => words.Contains(SettingValue.Fold(field.Key))).Select(field => prefix + field.Key).ToArray();
        if (named.Any(Wrong.Contains)) return;

        var places = named.Where(Places.ContainsKey).Select(key => Places[key]).Distinct();
        Mistakes.Add(new("PIL0108", $"{(prefix.Length > 0 ? prefix.TrimEnd('.') + ": " : "")}{problem}", string.Join("; ", places), ""));
    }

    private static string Either(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} or {names[^1]}";
}
