using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pilotage.Generators;

/// <summary>Reads one property of a settings record into a <see cref="FieldModel"/>.</summary>
internal static class FieldReader
{
    private const string Settings = "global::Pilotage.Settings.";

    /// <summary>Reads the property; adds to <paramref name="problems"/> all that is wrong with it.</summary>
    /// <returns><see langword="null"/> if its type cannot be a setting.</returns>
    public static FieldModel? Read(IPropertySymbol property, PropertyDeclarationSyntax syntax, List<ProblemModel> problems)
    {
        var place = syntax.Identifier.GetLocation();
        var subject = $"{property.ContainingType.Name}.{property.Name}";
        var summary = DocumentationText.SummaryOf(syntax);
        if (summary.Length == 0) problems.Add(ProblemModel.At(place, SettingsProblems.NoDocumentation, subject));
        if (property.SetMethod is not { IsInitOnly: true, DeclaredAccessibility: Accessibility.Public })
            problems.Add(ProblemModel.At(place, SettingsProblems.NotInit, subject));
        if (property.IsRequired) problems.Add(ProblemModel.At(place, SettingsProblems.NoDefault, subject, "the property is required"));

        var (core, isList, isNullable) = Unwrap(property.Type);
        var nested = !isList && !isNullable && IsSettings(core) ? Full(core) : "";
        var value = nested.Length > 0 ? "" : ValueOf(core);
        if (nested.Length == 0 && value.Length == 0)
        {
            problems.Add(ProblemModel.At(syntax.Type.GetLocation(), SettingsProblems.UnsupportedType, subject, property.Type.ToDisplayString()));
            return null;
        }

        var range = Attribute(property, "RangeAttribute");
        var (minimum, maximum) = range is null ? ("", "") : Bounds(range, IsNumber(core), place, subject, problems);
        var allowed = Attribute(property, "AllowedValuesAttribute") is { ConstructorArguments: { Length: 1 } given } && given[0].Kind == TypedConstantKind.Array
            ? given[0].Values.Where(item => item.Value is not null).Select(item => Convert.ToString(item.Value, CultureInfo.InvariantCulture)!)
            : [];
        return new FieldModel(
            property.Name, char.ToLowerInvariant(property.Name[0]) + property.Name.Substring(1),
            Full(property.Type), Full(property.Type.WithNullableAnnotation(NullableAnnotation.None)), value, nested, isList, isNullable, summary,
            minimum, maximum, Flag(range, "MinimumIsExclusive"), Flag(range, "MaximumIsExclusive"), new(allowed));
    }

    private static (ITypeSymbol Core, bool IsList, bool IsNullable) Unwrap(ITypeSymbol type)
    {
        var isNullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) return (nullable.TypeArguments[0], false, true);
        return type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IReadOnlyList_T } list
            ? (list.TypeArguments[0], true, isNullable)
            : (type, false, isNullable);
    }

    private static string ValueOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Int32 => Settings + "SettingValue.Int32",
        SpecialType.System_Int64 => Settings + "SettingValue.Int64",
        SpecialType.System_Single => Settings + "SettingValue.Single",
        SpecialType.System_Double => Settings + "SettingValue.Double",
        SpecialType.System_Boolean => Settings + "SettingValue.Boolean",
        SpecialType.System_String => Settings + "SettingValue.Text",
        _ => type.TypeKind == TypeKind.Enum ? $"{Settings}SettingValue.Choice<{Full(type)}>()" : "",
    };

    private static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Single or SpecialType.System_Double;

    private static bool IsSettings(ITypeSymbol type) =>
        type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == SettingsGenerator.AttributeName);

    private static AttributeData? Attribute(IPropertySymbol property, string name) =>
        property.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == "System.ComponentModel.DataAnnotations." + name);

    private static (string Minimum, string Maximum) Bounds(AttributeData range, bool isNumber, Location place, string subject, List<ProblemModel> problems)
    {
        if (!isNumber) problems.Add(ProblemModel.At(place, SettingsProblems.BadRange, subject, "stands on a setting that is no number. Remove it."));
        if (range.ConstructorArguments.Length != 2)
        {
            problems.Add(ProblemModel.At(place, SettingsProblems.BadRange, subject, "is given as text. Give two numbers."));
            return ("", "");
        }

        var minimum = Convert.ToDouble(range.ConstructorArguments[0].Value, CultureInfo.InvariantCulture);
        var maximum = Convert.ToDouble(range.ConstructorArguments[1].Value, CultureInfo.InvariantCulture);
        var isEmpty = minimum > maximum || double.IsNaN(minimum) || double.IsNaN(maximum)
            || (minimum == maximum && (Flag(range, "MinimumIsExclusive") || Flag(range, "MaximumIsExclusive")));
        if (isEmpty) problems.Add(ProblemModel.At(place, SettingsProblems.BadRange, subject, "holds no number: its lower bound is above its upper one."));
        return (Literal(minimum), Literal(maximum));
    }

    // A bound at the end of its type says "no bound": users should read "at least 1" and not a number with 308 digits.
    private static string Literal(double bound) =>
        double.IsInfinity(bound) || Math.Abs(bound) >= float.MaxValue || bound is int.MaxValue or int.MinValue or long.MaxValue or long.MinValue
            ? ""
            : bound.ToString("R", CultureInfo.InvariantCulture) + "d";

    private static bool Flag(AttributeData? attribute, string name) =>
        attribute?.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value is true;

    private static string Full(ITypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
}
