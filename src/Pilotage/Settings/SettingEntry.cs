namespace Pilotage.Settings;

/// <summary>One value as a user wrote it, not yet checked.</summary>
/// <param name="Key">As written; dots lead into nested records.</param>
/// <param name="Text">As written, without quotes; <see langword="null"/> where nothing stands.</param>
/// <param name="Where">For messages: <c>config.yaml, line 14</c> or <c>--set clipRadius=7</c>.</param>
public sealed record SettingEntry(string Key, string? Text, string Where)
{
    /// <summary>Whether the text stood in quotes, so that it is neither <c>null</c> nor missing when it looks so.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>The items, where the source has lists of its own; <see langword="null"/> for a plain text, which is split at its commas if a list is wanted.</summary>
    public IReadOnlyList<string>? Items { get; init; }
}
