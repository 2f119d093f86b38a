namespace Pilotage.Tensors.Kernels;

/// <summary>What an <see cref="Arena"/> does besides giving out memory.</summary>
internal enum ArenaKind : byte
{
    /// <summary>Gives out memory.</summary>
    Plain,

    /// <summary>Gives out addresses that must not be used and takes no memory: it only tells how much a plain one would take.</summary>
    Planned,

    /// <summary>For tests: fills what it gives out, slack included, with NaN, and looks, when it takes a block back, whether anything was written behind its slack.</summary>
    Fenced,
}
