using Microsoft.CodeAnalysis;

namespace Pilotage.Generators;

/// <summary>What a settings record can have wrong. All are errors: a setting without documentation, default or way to change it would reach users.</summary>
internal static class SettingsProblems
{
    public static readonly DiagnosticDescriptor NotPartialRecord = Error(
        "PILG001", "Settings must be a partial record",
        "'{0}' is marked [Settings] but is not a partial record class. Declare it as 'sealed partial record {0}'.");

    public static readonly DiagnosticDescriptor NoDocumentation = Error(
        "PILG002", "A setting needs documentation",
        "'{0}' has no <summary>. Say what it means, its unit, what goes wrong at both ends and the usual range: users read it in help, YAML and docs.");

    public static readonly DiagnosticDescriptor NotInit = Error(
        "PILG003", "A setting needs an init accessor",
        "'{0}' has no init accessor. Declare it as '{{ get; init; }}' with a default; a computed property needs a body instead.");

    public static readonly DiagnosticDescriptor UnsupportedType = Error(
        "PILG004", "A setting has an unsupported type",
        "'{0}' is of type '{1}'. Use int, long, float, double, bool, string, an enum, any of those nullable, IReadOnlyList of those, or a record marked [Settings].");

    public static readonly DiagnosticDescriptor NoDefault = Error(
        "PILG005", "A settings record needs defaults",
        "'{0}' cannot be made by 'new()': {1}. Give every property a default instead.");

    public static readonly DiagnosticDescriptor BadRange = Error(
        "PILG006", "A setting's range cannot hold",
        "The [Range] of '{0}' {1}");

    public static readonly DiagnosticDescriptor Inherits = Error(
        "PILG007", "A settings record stands alone",
        "'{0}' inherits from '{1}', whose properties would be missing. Nest the other record as a property instead.");

    private static readonly Dictionary<string, DiagnosticDescriptor> All =
        new[] { NotPartialRecord, NoDocumentation, NotInit, UnsupportedType, NoDefault, BadRange, Inherits }.ToDictionary(descriptor => descriptor.Id);

    public static DiagnosticDescriptor ById(string id) => All[id];

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Pilotage.Settings", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
