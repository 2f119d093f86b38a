namespace Pilotage.Settings;

/// <summary>The fields of a settings record: keys, documentation, ranges and defaults, and how to read and change them without reflection.</summary>
/// <param name="Name">Name of the record.</param>
/// <param name="Default">A record with all defaults.</param>
/// <param name="Fields">In the order of the source.</param>
public sealed record SettingsSchema(string Name, object Default, IReadOnlyList<SettingField> Fields)
{
    /// <summary>Documentation of the record as plain text; may be empty.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Keys of all values, those of nested records with dots: <c>ppo.clipRadius</c>. In the order of the source.</summary>
    public IEnumerable<string> Keys =>
        Fields.SelectMany(one => one.Nested is { } nested ? nested.Keys.Select(key => $"{one.Key}.{key}") : [one.Key]);
}
