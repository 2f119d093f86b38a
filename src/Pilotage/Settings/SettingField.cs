namespace Pilotage.Settings;

/// <summary>One field of a settings record.</summary>
/// <param name="Key">As users write it, camel case: <c>clipRadius</c>.</param>
/// <param name="Type">CLR type of the property.</param>
/// <param name="Summary">The property's documentation, as plain text.</param>
/// <param name="Read">Reads the value from a record.</param>
/// <param name="With">Gives a copy of a record with another value of <paramref name="Type"/>.</param>
/// <remarks>Written by the generator. Exactly one of <see cref="Value"/> and <see cref="Nested"/> is set.</remarks>
public sealed record SettingField(string Key, Type Type, string Summary, Func<object, object?> Read, Func<object, object?, object> With)
{
    private const string UsualMark = "Usual ";

    /// <summary>Reads and writes the value, or each item of the list; <see langword="null"/> for a nested record.</summary>
    public SettingValue? Value { get; init; }

    /// <summary>Schema of a nested settings record; <see langword="null"/> for a plain value.</summary>
    public SettingsSchema? Nested { get; init; }

    /// <summary>Whether the field is a list; range and allowed values then hold for each item.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether <c>null</c> is a value: nothing given, and no default in its place.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Lower bound; <see langword="null"/> for none.</summary>
    public double? Minimum { get; init; }

    /// <summary>Upper bound; <see langword="null"/> for none.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether the lower bound itself is not allowed.</summary>
    public bool MinimumIsExclusive { get; init; }

    /// <summary>Whether the upper bound itself is not allowed.</summary>
    public bool MaximumIsExclusive { get; init; }

    /// <summary>The only values allowed, as users write them; empty for any.</summary>
    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    /// <summary>The values to choose from, by the type's names or <see cref="AllowedValues"/>; empty for any.</summary>
    public IReadOnlyList<string> Choices => AllowedValues.Count > 0 ? AllowedValues : Value?.Names ?? [];

    /// <summary>The allowed interval, such as <c>(0, 1]</c> or <c>at least 1</c>; empty for any.</summary>
    public string Interval => (Minimum, Maximum) switch
    {
        (null, null) => "",
        ({ } low, { } high) => $"{(MinimumIsExclusive ? '(' : '[')}{Text(low)}, {Text(high)}{(MaximumIsExclusive ? ')' : ']')}",
        ({ } low, null) => MinimumIsExclusive ? $"above {Text(low)}" : $"at least {Text(low)}",
        (null, { } high) => MaximumIsExclusive ? $"below {Text(high)}" : $"at most {Text(high)}",
    };

    /// <summary>The usual range that the documentation names after "Usual", without a full stop; empty if it names none.</summary>
    public string Usual
    {
        get
        {
            var start = Summary.IndexOf(UsualMark, StringComparison.Ordinal);
            if (start < 0) return "";
            var rest = Summary[(start + UsualMark.Length)..];
            var end = rest.IndexOf(". ", StringComparison.Ordinal);
            return (end < 0 ? rest : rest[..end]).TrimEnd('.');
        }
    }

    /// <summary>The type in a user's words: <c>number</c>, <c>list of whole numbers</c>, <c>text or null</c>.</summary>
    public string TypeName
    {
        get
        {
            if (Value is null) return "group";
            var name = Choices.Count > 0 ? string.Join(" | ", Choices) : Value.Name;
            return (IsList ? $"list of {name}{(name.EndsWith("number", StringComparison.Ordinal) ? "s" : "")}" : name) + (IsNullable ? " or null" : "");
        }
    }

    /// <summary>Whether a number lies in the allowed interval. Not a number never does.</summary>
    internal bool Contains(double number)
    {
        var low = Minimum is { } minimum ? Value!.BoundOf(minimum) : double.NegativeInfinity;
        var high = Maximum is { } maximum ? Value!.BoundOf(maximum) : double.PositiveInfinity;
        return double.IsFinite(number)
            && (MinimumIsExclusive ? number > low : number >= low)
            && (MaximumIsExclusive ? number < high : number <= high);
    }

    /// <summary>The interval as an order to the user: <c>a number above 0 and at most 1</c>.</summary>
    internal string IntervalInWords()
    {
        if (Minimum is { } from && Maximum is { } to && !MinimumIsExclusive && !MaximumIsExclusive) return $"a {Value!.Name} from {Text(from)} to {Text(to)}";
        var low = Minimum is { } minimum ? $"{(MinimumIsExclusive ? "above" : "of at least")} {Text(minimum)}" : "";
        var high = Maximum is { } maximum ? $"{(MaximumIsExclusive ? "below" : "at most")} {Text(maximum)}" : "";
        return $"a {Value!.Name} {low}{(low.Length > 0 && high.Length > 0 ? " and " : "")}{high}".TrimEnd();
    }

    private static string Text(double bound) => SettingValue.Double.Write(bound);
}
