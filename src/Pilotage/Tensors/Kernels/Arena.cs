using System.Runtime.InteropServices;

namespace Pilotage.Tensors.Kernels;

/// <summary>Native memory given out by moving an address and taken back all at once. Each block begins on a cache line and ends with slack.</summary>
/// <remarks>
/// The finaliser frees the memory of a thread that ended with its steps' arenas still alive. A planned arena gives out addresses that must not be used and
/// takes no memory: it only tells how much a real one would take.
/// </remarks>
internal sealed unsafe class Arena(long firstChunk = 1 << 16, bool planned = false) : IDisposable
{
    /// <summary>Elements behind each block that kernels may read and rewrite: one vector, so that they need no scalar tails.</summary>
    public const int Slack = 16;

    /// <summary>Chunks double up to this many elements (64 MB), so that at most so much is taken without need.</summary>
    private const long LargestStep = 1 << 24;

    private const int Line = 64;
    private readonly List<(nint Start, long Length)> _chunks = [];
    private readonly List<nint> _blocks = [];
    private int _chunk = -1;
    private float* _next;
    private float* _limit;

    ~Arena() => Free();

    /// <summary>Where the arena stands; <see cref="Release"/> goes back to it.</summary>
    public (int Chunk, nint Next) Mark => (_chunk, (nint)_next);

    /// <summary>Bytes taken from the system; they stay until the arena is disposed of.</summary>
    public long Bytes { get; private set; }

    /// <summary>Gives out room for float32 or int32 elements; the contents are arbitrary.</summary>
    public float* Take(int count)
    {
        var length = ((long)count + Slack + 15) & ~15L;
        if (_limit - _next < length) Advance(length);
        var block = _next;
        _next += length;
        return block;
    }

    /// <summary>Takes back all that was given out since a mark.</summary>
    public void Release((int Chunk, nint Next) mark)
    {
        if (mark.Chunk < 0)
        {
            Reset();
            return;
        }
        _chunk = mark.Chunk;
        _next = (float*)mark.Next;
        _limit = (float*)_chunks[_chunk].Start + _chunks[_chunk].Length;
    }

    /// <summary>Takes back everything; the memory stays for the next step.</summary>
    public void Reset()
    {
        if (_chunks.Count > 0) Enter(0);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Advance(long length)
    {
        for (var next = _chunk + 1; next < _chunks.Count; next++)
        {
            if (_chunks[next].Length < length) continue;
            Enter(next);
            return;
        }
        var size = Math.Max(length, _chunks.Count == 0 ? firstChunk : Math.Min(LargestStep, 2 * _chunks[^1].Length));
        var bytes = size * sizeof(float);
        // Zeroed by the system, so that the slack never holds numbers that are slow to compute with, and pages cost nothing until they are used.
        var block = planned ? (nint)(Bytes + Line) : (nint)NativeMemory.AllocZeroed((nuint)(bytes + Line));
        _blocks.Add(block);
        _chunks.Add((block + Line - 1 & -(nint)Line, size));
        Bytes += bytes + Line;
        Enter(_chunks.Count - 1);
    }

    private void Enter(int chunk)
    {
        _chunk = chunk;
        _next = (float*)_chunks[chunk].Start;
        _limit = _next + _chunks[chunk].Length;
    }

    private void Free()
    {
        if (!planned)
            foreach (var block in _blocks) NativeMemory.Free((void*)block);
        _blocks.Clear();
        _chunks.Clear();
        Bytes = 0;
        _chunk = -1;
        _next = _limit = null;
    }
}
