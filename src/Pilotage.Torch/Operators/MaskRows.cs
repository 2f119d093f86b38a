using Pilotage.Tensors;

namespace Pilotage.Torch.Operators;

/// <summary>Rows of masks: runs along the last axis.</summary>
internal static class MaskRows
{
    /// <summary>The first row without a true element; -1 if each has one.</summary>
    public static int FirstEmpty(ReadOnlySpan<bool> mask, in Shape shape)
    {
        var columns = shape.Rank == 0 ? 1 : shape[-1];
        for (var row = 0; row * columns < mask.Length; row++)
            if (!mask.Slice(row * columns, columns).Contains(value: true)) return row;
        return -1;
    }
}
