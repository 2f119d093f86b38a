using Microsoft.CodeAnalysis;

namespace Pilotage.Generators;

/// <summary>Which types carry a tensor: tensors, structs with one inside, and arrays, tuples, nullables and collections of those.</summary>
internal sealed class TensorTypes(INamedTypeSymbol tensor)
{
    private const int Deepest = 8;                        // a type that nests deeper is not looked through

    public bool Carries(ITypeSymbol type, int depth = 0)
    {
        if (depth > Deepest) return false;
        if (SymbolEqualityComparer.Default.Equals(type, tensor)) return true;
        if (type is IArrayTypeSymbol array) return Carries(array.ElementType, depth + 1);
        if (type is not INamedTypeSymbol named) return false;
        if (named.IsTupleType) return named.TupleElements.Any(element => Carries(element.Type, depth + 1));
        if (IsCollection(named)) return named.TypeArguments.Any(argument => Carries(argument, depth + 1));
        return named is { IsValueType: true, TypeKind: TypeKind.Struct, SpecialType: SpecialType.None }
            && named.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && Carries(field.Type, depth + 1));
    }

    private static bool IsCollection(INamedTypeSymbol type) =>
        type.IsGenericType && (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || IsEnumerable(type) || type.AllInterfaces.Any(IsEnumerable));

    private static bool IsEnumerable(INamedTypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T;
}
