using System.Runtime.InteropServices;

namespace Pilotage.Tensors.Kernels;

/// <summary>Native memory given out by moving an address and taken back all at once. Each block begins on a cache line and ends with slack.</summary>
/// <remarks>The finaliser frees the memory of a thread that ended with its steps' arenas still alive.</remarks>
internal sealed unsafe class Arena(long firstChunk = 1 << 16, ArenaKind kind = ArenaKind.Plain) : IDisposable
{
    /// <summary>Elements behind each block that kernels may read and rewrite: one vector, so that they need no scalar tails.</summary>
    public const int Slack = 16;

    /// <summary>Chunks double up to this many elements (64 MB), so that at most so much is taken without need.</summary>
    private const long LargestStep = 1 << 24;

    private const int Line = 64;
    private const int FenceLength = 16;
    private const uint Poison = 0x7FC0_FE2C;             // a NaN
    private const float FenceValue = 1.4142135f;
    private readonly List<(nint Start, long Length)> _chunks = [];
    private readonly List<nint> _blocks = [];
    private readonly List<(int Chunk, nint Place)> _fences = [];
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
        if (kind == ArenaKind.Fenced) length += FenceLength;
        if (_limit - _next < length) Advance(length);
        var block = _next;
        _next += length;
        if (kind == ArenaKind.Fenced) Fence(block, length);
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
        CheckFences(mark.Chunk, mark.Next);
        _chunk = mark.Chunk;
        _next = (float*)mark.Next;
        _limit = (float*)_chunks[_chunk].Start + _chunks[_chunk].Length;
    }

    /// <summary>Takes back everything; the memory stays for the next step.</summary>
    public void Reset()
    {
        CheckFences(-1, 0);
        if (_chunks.Count > 0) Enter(0);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Fence(float* block, long length)
    {
        // Block and slack are NaN, so that a kernel that reads what it should not shows it. The fence is a number: NaN plus anything would be the same NaN.
        var fence = block + length - FenceLength;
        new Span<uint>(block, (int)(length - FenceLength)).Fill(Poison);
        new Span<float>(fence, FenceLength).Fill(FenceValue);
        _fences.Add((_chunk, (nint)fence));
    }

    /// <summary>Looks at the fences of the blocks that were given out behind a place.</summary>
    private void CheckFences(int chunk, nint place)
    {
        while (_fences.Count > 0 && (_fences[^1].Chunk > chunk || (_fences[^1].Chunk == chunk && _fences[^1].Place >= place)))
        {
            var fence = new ReadOnlySpan<float>((void*)_fences[^1].Place, FenceLength);
            _fences.RemoveAt(_fences.Count - 1);
            if (fence.ContainsAnyExcept(FenceValue)) throw new InvalidOperationException("A kernel wrote behind the slack of its block.");
        }
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
        var block = kind == ArenaKind.Planned ? (nint)(Bytes + Line) : (nint)NativeMemory.AllocZeroed((nuint)(bytes + Line));
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
        if (kind != ArenaKind.Planned)
            foreach (var block in _blocks) NativeMemory.Free((void*)block);
        _blocks.Clear();
        _fences.Clear();
        _chunks.Clear();
        Bytes = 0;
        _chunk = -1;
        _next = _limit = null;
    }
}
