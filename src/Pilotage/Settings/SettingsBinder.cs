namespace Pilotage.Settings;

/// <summary>Makes a checked settings record from what users wrote, or says all that is wrong with it at once.</summary>
/// <remarks>
/// Keys count without case, dashes and underscores; dots lead into nested records. Numbers are read in the invariant culture.
/// Codes: 0101 unknown key, 0102 wrong type, 0103 not finite, 0104 not among the allowed values, 0105 given twice, 0106 value missing,
/// 0107 outside its range, 0108 contradiction between fields, 0109 a group where a value belongs or the other way round, 0110 not key=value, 0111 unreadable source.
/// </remarks>
public static class SettingsBinder
{
    /// <summary>Binds sources over the defaults.</summary>
    /// <typeparam name="T">The settings record.</typeparam>
    /// <param name="schema">Schema of <typeparamref name="T"/>.</param>
    /// <param name="sources">Later ones win over earlier ones.</param>
    /// <returns>The record, checked.</returns>
    /// <exception cref="UserMistakeException">Anything is wrong; holds all problems in the order of the sources.</exception>
    public static T Bind<T>(SettingsSchema schema, params IReadOnlyList<SettingSource> sources) where T : notnull => (T)Bind(schema, schema.Default, sources);

    /// <summary>Binds sources over a given record.</summary>
    /// <param name="schema">Schema of the record.</param>
    /// <param name="start">Has the values that no source gives; is checked too.</param>
    /// <param name="sources">Later ones win over earlier ones.</param>
    /// <returns>The record, checked.</returns>
    /// <exception cref="UserMistakeException">Anything is wrong; holds all problems in the order of the sources.</exception>
    public static object Bind(SettingsSchema schema, object start, params IReadOnlyList<SettingSource> sources)
    {
        var check = new SettingsCheck();
        var settings = start;
        foreach (var source in sources)
        {
            check.Mistakes.AddRange(source.Mistakes);
            var given = new Dictionary<string, SettingEntry>();
            foreach (var entry in source.Entries) settings = Apply(schema, settings, entry, given, check);
        }

        check.Record(schema, settings, "");
        UserMistakeException.ThrowIfAny([.. check.Mistakes.Select(mistake => mistake.ToString())]);
        return settings;
    }

    /// <summary>Checks a record that code made: ranges, finite numbers, allowed values and contradictions.</summary>
    /// <param name="schema">Schema of the record.</param>
    /// <param name="settings">The record.</param>
    /// <returns>All problems; empty if there are none.</returns>
    public static IReadOnlyList<Mistake> Check(SettingsSchema schema, object settings)
    {
        var check = new SettingsCheck();
        check.Record(schema, settings, "");
        return check.Mistakes;
    }

    private static object Apply(SettingsSchema schema, object settings, SettingEntry entry, Dictionary<string, SettingEntry> given, SettingsCheck check)
    {
        if (Resolve(schema, entry.Key.Split('.')) is not { } path)
        {
            check.Mistakes.Add(Unknown(schema, entry));
            return settings;
        }

        var field = path[^1];
        var key = string.Join('.', path.Select(step => step.Key));
        if (!given.TryAdd(key, entry))
        {
            check.Mistakes.Add(new("PIL0105", $"{key} is given twice.", entry.Where, $"It stands already in {given[key].Where}. Keep one of the two."));
            return settings;
        }

        if (field.Nested is { } nested)
        {
            // A mapping without content says nothing; anything else in the place of a group is a mistake.
            if (entry.Text is null && entry.Items is null) return settings;
            var first = nested.Keys.First();
            check.Mistakes.Add(new("PIL0109", $"{key} = {Shown(entry)} is not a value but a group of settings.", entry.Where, $"Set its fields one by one, such as {key}.{first}."));
            return settings;
        }

        check.Places[key] = entry.Where;
        check.Wrong.Remove(key);
        var value = SettingsParser.Parse(field, key, entry, check);
        return check.Wrong.Contains(key) ? settings : With(settings, path, value);
    }

    private static object With(object settings, ReadOnlySpan<SettingField> path, object? value) =>
        path[0].With(settings, path.Length == 1 ? value : With(path[0].Read(settings)!, path[1..], value));

    private static SettingField[]? Resolve(SettingsSchema schema, string[] parts)
    {
        var path = new SettingField[parts.Length];
        SettingsSchema? level = schema;
        for (var i = 0; i < parts.Length; i++)
        {
            var field = level?.Fields.FirstOrDefault(candidate => SettingValue.Fold(candidate.Key) == SettingValue.Fold(parts[i]));
            if (field is null) return null;
            path[i] = field;
            level = field.Nested;
        }

        return path;
    }

    private static Mistake Unknown(SettingsSchema schema, SettingEntry entry)
    {
        var dot = entry.Key.LastIndexOf('.');
        if (dot > 0 && Resolve(schema, entry.Key[..dot].Split('.')) is [.., { Nested: null } value])
            return new("PIL0109", $"{entry.Key} does not exist: {value.Key} is a single value ({value.TypeName}) and not a group.", entry.Where, SettingsCheck.Advice(value));

        var keys = schema.Keys.ToArray();
        // clipRadius for ppo.clipRadius is no misspelling, so edit distance would not find it.
        var inside = keys.FirstOrDefault(key => SettingValue.Fold(key[(key.LastIndexOf('.') + 1)..]) == SettingValue.Fold(entry.Key));
        var nearest = inside ?? NearestName.Suggest(entry.Key, keys);
        var advice = nearest is not null ? $"Did you mean {nearest}?"
            : keys.Length == 0 ? "There are no settings to give." : $"Known settings: {string.Join(", ", keys)}.";
        return new("PIL0101", $"{entry.Key} is not a setting of {schema.Name}.", entry.Where, advice);
    }

    private static string Shown(SettingEntry entry) => entry.Items is { } items ? $"[{string.Join(", ", items)}]" : entry.Text ?? "";
}
