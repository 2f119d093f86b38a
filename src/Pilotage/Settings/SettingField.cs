namespace Pilotage.Settings;

/// <summary>One field of a settings record.</summary>
/// <param name="Key">As users write it, camel case: <c>clipRadius</c>.</param>
/// <param name="Type">CLR type of the property.</param>
/// <param name="Summary">The property's documentation, as plain text.</param>
/// <param name="Read">Reads the value from a record.</param>
/// <param name="With">Gives a copy of a record with another value of <paramref name="Type"/>.</param>
public sealed record SettingField(string Key, Type Type, string Summary, Func<object, object?> Read, Func<object, object?, object> With)
{
    /// <summary>Lower bound; <see langword="null"/> for none.</summary>
    public double? Minimum { get; init; }

    /// <summary>Upper bound; <see langword="null"/> for none.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether the lower bound itself is not allowed.</summary>
    public bool MinimumIsExclusive { get; init; }

    /// <summary>Whether the upper bound itself is not allowed.</summary>
    public bool MaximumIsExclusive { get; init; }

    /// <summary>Schema of a nested settings record; <see langword="null"/> for a plain value.</summary>
    public SettingsSchema? Nested { get; init; }
}
