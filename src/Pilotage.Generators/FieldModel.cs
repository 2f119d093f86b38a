namespace Pilotage.Generators;

/// <summary>One property of a settings record.</summary>
/// <param name="Name">Name of the property.</param>
/// <param name="Key">As users write it, camel case.</param>
/// <param name="Type">Full name of the property's type, as generated code casts to it.</param>
/// <param name="TypeOf">Full name of the type without the question mark of nullable references, as <c>typeof</c> takes it.</param>
/// <param name="Value">Expression of the <c>SettingValue</c> that parses and prints one value; empty for a nested record.</param>
/// <param name="Nested">Full name of the nested settings record; empty for a value.</param>
/// <param name="IsList">Whether the property holds a list of values.</param>
/// <param name="IsNullable">Whether nothing is a value.</param>
/// <param name="Summary">Documentation as plain text.</param>
/// <param name="Minimum">Lower bound as a literal; empty for none.</param>
/// <param name="Maximum">Upper bound as a literal; empty for none.</param>
/// <param name="MinimumIsExclusive">Whether the lower bound itself is not allowed.</param>
/// <param name="MaximumIsExclusive">Whether the upper bound itself is not allowed.</param>
/// <param name="Allowed">Allowed values as text; empty for all.</param>
internal sealed record FieldModel(
    string Name, string Key, string Type, string TypeOf, string Value, string Nested, bool IsList, bool IsNullable, string Summary,
    string Minimum, string Maximum, bool MinimumIsExclusive, bool MaximumIsExclusive, EquatableArray<string> Allowed);
