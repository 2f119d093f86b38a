namespace Pilotage.Settings;

/// <summary>Marks a <c>partial record</c> of init-only properties whose comments, ranges and defaults become its schema.</summary>
/// <remarks>The generator adds <c>static SettingsSchema Schema</c>. Properties may be numbers, booleans, strings, enums, lists of those, or other settings records.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SettingsAttribute : Attribute;
