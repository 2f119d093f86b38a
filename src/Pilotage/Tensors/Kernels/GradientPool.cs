using System.Numerics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Gradient buffers by size, given back as the backward pass consumes them and used again while they are warm.</summary>
internal sealed unsafe class GradientPool : IDisposable
{
    private readonly Arena _memory = new(1 << 14);
    private readonly Stack<nint>[] _free = new Stack<nint>[28];

    public float* Take(int count)
    {
        var size = Size(count);
        return _free[size] is { Count: > 0 } stack ? (float*)stack.Pop() : _memory.Take(16 << size);
    }

    public void Return(float* buffer, int count) => (_free[Size(count)] ??= new()).Push((nint)buffer);

    public void Dispose() => _memory.Dispose();

    /// <summary>The power of two, times sixteen, that holds so many elements.</summary>
    private static int Size(int count) => BitOperations.Log2((uint)Math.Max(count - 1, 0) >> 4 << 1 | 1);
}
