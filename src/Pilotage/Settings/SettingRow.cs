namespace Pilotage.Settings;

/// <summary>One line of a settings table.</summary>
/// <param name="Key">As users write it, with dots for nested records.</param>
/// <param name="Type">In a user's words.</param>
/// <param name="Default">As text; <c>null</c> for none.</param>
/// <param name="Range">The interval; empty for any value.</param>
/// <param name="Summary">The documentation.</param>
public sealed record SettingRow(string Key, string Type, string Default, string Range, string Summary);
