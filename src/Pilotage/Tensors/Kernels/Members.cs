namespace Pilotage.Tensors.Kernels;

/// <summary>Several matrix products of one shape side by side: how many, and how far each one's matrices lie behind those of the one before.</summary>
/// <param name="Count">At least 1.</param>
/// <param name="A">Elements to the next a; 0 where all have the same.</param>
/// <param name="B">Elements to the next b.</param>
/// <param name="C">Elements to the next c; never 0, as each writes its own.</param>
/// <param name="Start">Elements to the next start.</param>
internal readonly record struct Members(int Count, long A, long B, long C, long Start)
{
    /// <summary>One product alone.</summary>
    public static Members One => new(1, 0, 0, 0, 0);
}
