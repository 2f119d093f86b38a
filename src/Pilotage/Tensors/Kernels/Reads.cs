namespace Pilotage.Tensors.Kernels;

/// <summary>Which of its two sources a gradient is a function of. The others, which the cache has long lost when the backward pass comes by, are not read.</summary>
[Flags]
internal enum Reads : byte
{
    /// <summary>The result's gradient alone.</summary>
    Nothing = 0,

    /// <summary>The input, or the left operand.</summary>
    First = 1,

    /// <summary>The result, or the right operand.</summary>
    Second = 2,

    /// <summary>Both.</summary>
    Both = First | Second,
}
