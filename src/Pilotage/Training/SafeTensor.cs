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

    /// <summary>Bytes of one element, or <see langword="null"/> for a type that the format does not have.</summary>
    internal static int? SizeOf(string dataType) => dataType switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" => 1,
        "U16" or "I16" or "F16" or "BF16" => 2,
        "U32" or "I32" or "F32" => 4,
        "U64" or "I64" or "F64" => 8,
        _ => null,
    };
}
