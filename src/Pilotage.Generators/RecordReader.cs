using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pilotage.Generators;

/// <summary>Reads a marked record into a <see cref="RecordModel"/>.</summary>
internal static class RecordReader
{
    public static RecordModel Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var declaration = (TypeDeclarationSyntax)context.TargetNode;
        var problems = new List<ProblemModel>();
        var fields = new List<FieldModel>();

        CheckType(type, declaration, problems);
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            cancellation.ThrowIfCancellationRequested();
            var syntax = property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) as PropertyDeclarationSyntax;
            if (syntax is null || property.IsStatic || property.DeclaredAccessibility != Accessibility.Public || IsComputed(syntax)) continue;
            if (FieldReader.Read(property, syntax, problems) is { } field) fields.Add(field);
        }

        return new RecordModel(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            new(Containers(type)), type.Name, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            DocumentationText.SummaryOf(declaration), new(fields), new(problems));
    }

    private static void CheckType(INamedTypeSymbol type, TypeDeclarationSyntax declaration, List<ProblemModel> problems)
    {
        var name = declaration.Identifier.GetLocation();
        if (!type.IsRecord || type.IsValueType || !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            problems.Add(ProblemModel.At(name, SettingsProblems.NotPartialRecord, type.Name));
        if (type.BaseType is { SpecialType: not SpecialType.System_Object } parent)
            problems.Add(ProblemModel.At(name, SettingsProblems.Inherits, type.Name, parent.Name));
        if (!type.InstanceConstructors.Any(constructor => constructor.Parameters.Length == 0))
            problems.Add(ProblemModel.At(name, SettingsProblems.NoDefault, type.Name, "it has no constructor without parameters"));
    }

    private static bool IsComputed(PropertyDeclarationSyntax property) =>
        property.ExpressionBody is not null
        || (property.AccessorList is { Accessors: { Count: 1 } accessors } && (accessors[0].Body is not null || accessors[0].ExpressionBody is not null));

    private static Stack<string> Containers(INamedTypeSymbol type)
    {
        var containers = new Stack<string>();
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            containers.Push($"partial {(outer.IsRecord ? "record " : "")}{(outer.IsValueType ? "struct" : "class")} {outer.Name}");
        return containers;
    }
}
