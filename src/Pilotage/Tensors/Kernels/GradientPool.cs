using System.Numerics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Gradient buffers by size, given back as the backward pass consumes them and used again while they are warm.</summary>
/// <param name="kind">Of the memory. A fenced pool gives out each buffer at its own size and once.</param>
internal sealed unsafe class GradientPool(ArenaKind kind = ArenaKind.Plain) : IDisposable
{
    private readonly Arena _memory = new(1 << 14, kind);
    private readonly Stack<nint>[] _free = new Stack<nint>[4 * 32];

    /// <summary>Bytes taken from the system.</summary>
    public long Bytes => _memory.Bytes;

    public float* Take(int count)
    {
        if (kind == ArenaKind.Fenced) return _memory.Take(count);
        var size = Size(count);
        return _free[size] is { Count: > 0 } stack ? (float*)stack.Pop() : _memory.Take(16 * Lines(size));
    }

    public void Return(float* buffer, int count)
    {
        if (kind != ArenaKind.Fenced) (_free[Size(count)] ??= new()).Push((nint)buffer);
    }

    /// <summary>Ends a backward pass: all buffers have been returned.</summary>
    public void EndPass()
    {
        if (kind == ArenaKind.Fenced) _memory.Reset();
    }

    public void Dispose() => _memory.Dispose();

    /// <summary>The smallest class that holds so many elements. There are four to each doubling, so at most a fifth of a buffer is not used.</summary>
    private static int Size(int count)
    {
        var lines = (uint)(Math.Max(count, 1) + 15L >> 4);
        if (lines <= 4) return (int)lines - 1;
        var octave = BitOperations.Log2(lines - 1);
        return 4 * (octave - 1) + (int)((lines - 1) >> (octave - 2) & 3);
    }

    /// <summary>Lines of sixteen elements in a class: 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20...</summary>
    private static int Lines(int size) => size < 4 ? size + 1 : (size % 4 + 5) << size / 4 - 1;
}
