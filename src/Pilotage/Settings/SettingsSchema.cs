namespace Pilotage.Settings;

/// <summary>The fields of a settings record: keys, documentation, ranges and defaults, and how to read and change them without reflection.</summary>
/// <param name="Name">Name of the record.</param>
/// <param name="Default">A record with all defaults.</param>
/// <param name="Fields">In the order of the source.</param>
public sealed record SettingsSchema(string Name, object Default, IReadOnlyList<SettingField> Fields);
