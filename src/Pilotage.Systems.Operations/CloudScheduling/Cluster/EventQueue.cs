using System.Runtime.CompilerServices;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Events by time: a heap with four children to a node. Allocates only to grow.</summary>
internal sealed class EventQueue
{
    private const int Children = 4;
    private ClusterEvent[] _heap = new ClusterEvent[64];

    public int Count { get; private set; }

    /// <summary>The next event; there must be one.</summary>
    public ref readonly ClusterEvent Next => ref _heap[0];

    public void Clear() => Count = 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in ClusterEvent added)
    {
        if (Count == _heap.Length) Array.Resize(ref _heap, 2 * Count);
        var heap = _heap;
        var place = Count++;
        while (place > 0)
        {
            var parent = (place - 1) / Children;
            if (!added.IsBefore(heap[parent])) break;
            heap[place] = heap[parent];
            place = parent;
        }
        heap[place] = added;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ClusterEvent Take()
    {
        var heap = _heap;
        var first = heap[0];
        var moved = heap[--Count];
        var place = 0;
        while (true)
        {
            var child = place * Children + 1;
            if (child >= Count) break;
            var least = child;
            for (var other = child + 1; other < Math.Min(child + Children, Count); other++)
                if (heap[other].IsBefore(heap[least])) least = other;
            if (!heap[least].IsBefore(moved)) break;
            heap[place] = heap[least];
            place = least;
        }
        heap[place] = moved;
        return first;
    }
}
