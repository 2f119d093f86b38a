namespace Pilotage.Training;

/// <summary>Where one tensor stands in a safetensors file.</summary>
/// <param name="Name">Its key in the header.</param>
/// <param name="DataType">As the format names it: <c>F32</c>, <c>U8</c>, <c>BF16</c>…</param>
/// <param name="Shape">Row-major; empty for a scalar.</param>
/// <param name="Begin">First byte, counted from the start of the data section.</param>
/// <param name="End">One past the last byte.</param>
public sealed record SafeTensor(string Name, string DataType, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>Bytes of the tensor.</summary>
    public long Length => End - Begin;

    /// <summary>Elements: the product of the shape, 1 for a scalar.</summary>
    /// <remarks>Fits, because a header whose shapes overflow is refused.</remarks>
    public long Count => Shape.Aggregate(1L, (product, extent) => checked(product * extent));

    /// <summary>Bytes of one element, or <see langword="null"/> for a type that is not known here.</summary>
    internal static int? SizeOf(string dataType) => dataType switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" => 1,
        "U16" or "I16" or "F16" or "BF16" => 2,
        "U32" or "I32" or "F32" => 4,
        "U64" or "I64" or "F64" => 8,
        _ => null,
    };

    /// <summary>A shape as messages show it: <c>[3, 2]</c>.</summary>
    internal static string Text<T>(IEnumerable<T> shape) => $"[{string.Join(", ", shape)}]";
}
