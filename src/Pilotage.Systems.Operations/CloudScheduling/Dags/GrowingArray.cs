namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A list whose elements are a span and whose room is kept when it is cleared.</summary>
internal sealed class GrowingArray<T>
{
    private T[] _values = [];

    public int Count { get; private set; }

    /// <summary>The elements; valid until the next addition.</summary>
    public Span<T> Span => _values.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(T value) => AddMany(1)[0] = value;

    /// <summary>Adds elements that the caller fills.</summary>
    public Span<T> AddMany(int count)
    {
        if (Count + count > _values.Length) Array.Resize(ref _values, Math.Max(Count + count, 2 * _values.Length));
        Count += count;
        return _values.AsSpan(Count - count, count);
    }
}
