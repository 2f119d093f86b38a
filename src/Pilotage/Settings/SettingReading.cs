namespace Pilotage.Settings;

/// <summary>What became of a text that should be a setting's value.</summary>
/// <param name="Kind">Whether it is one, and if not, why.</param>
/// <param name="Value">The value, if it is one.</param>
internal readonly record struct SettingReading(ReadingKind Kind, object? Value = null)
{
    public static SettingReading Of(object value) => new(ReadingKind.Value, value);

    public static readonly SettingReading WrongType = new(ReadingKind.WrongType);

    public static readonly SettingReading NotFinite = new(ReadingKind.NotFinite);

    public static readonly SettingReading TooLarge = new(ReadingKind.TooLarge);
}
