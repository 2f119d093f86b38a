using System.Buffers;

namespace Pilotage.Policies;

/// <summary>Pooled room for a call: acting is thread-safe and allocates nothing in steady state.</summary>
internal readonly ref struct Scratch : IDisposable
{
    private readonly float[] _rented;

    public Scratch(int length)
    {
        _rented = ArrayPool<float>.Shared.Rent(length);
        Values = _rented.AsSpan(0, length);
    }

    public Span<float> Values { get; }

    public void Dispose() => ArrayPool<float>.Shared.Return(_rented);
}
