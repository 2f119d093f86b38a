using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Language.Generation;

/// <summary>Keys and values of sixteen tokens a page, for all layers. Pages are counted: several branches may read one, and only its sole holder writes it.</summary>
/// <remarks>
/// In a page, layer after layer: the keys as [keyHeads, headWidth, 16], so that a query meets sixteen keys in the lanes, then the values as [16, keyHeads * headWidth].
/// Native memory that grows by chunks and stays until the object dies.
/// </remarks>
internal sealed unsafe class KeyValuePages
{
    /// <summary>Tokens of a page: one vector.</summary>
    public const int Tokens = Lanes.Count;

    private const int ChunkPages = 64;
    private readonly List<nint> _chunks = [];
    private readonly Stack<int> _free = [];
    private readonly nint _pageLength;
    private int[] _holders = [];

    public KeyValuePages(int layers, int keyWidth)
    {
        LayerLength = 2 * Tokens * keyWidth;
        _pageLength = (nint)layers * LayerLength;
    }

    ~KeyValuePages()
    {
        foreach (var chunk in _chunks) NativeMemory.AlignedFree((void*)chunk);
    }

    /// <summary>Elements from layer to layer in a page.</summary>
    public int LayerLength { get; }

    /// <summary>Pages that somebody holds.</summary>
    public int Held => _chunks.Count * ChunkPages - _free.Count;

    /// <summary>Where a page begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Address(int page) => (float*)_chunks[page / ChunkPages] + page % ChunkPages * _pageLength;

    /// <summary>A page of arbitrary contents, held once.</summary>
    public int Take()
    {
        if (_free.Count == 0) Grow();
        var page = _free.Pop();
        _holders[page] = 1;
        return page;
    }

    /// <summary>Takes every page back, whoever holds it.</summary>
    public void Reset()
    {
        _free.Clear();
        Array.Clear(_holders);
        for (var page = _holders.Length - 1; page >= 0; page--) _free.Push(page);
    }

    /// <summary>One more holder.</summary>
    public void Hold(int page) => _holders[page]++;

    /// <summary>One holder less; whether it was the last.</summary>
    public bool Leave(int page)
    {
        if (--_holders[page] > 0) return false;
        _free.Push(page);
        return true;
    }

    /// <summary>Whether others hold the page too: then it must be copied before it is written.</summary>
    public bool IsShared(int page) => _holders[page] > 1;

    /// <summary>A page of the same contents, held once, in place of one hold of the given one.</summary>
    public int Copy(int page)
    {
        var copy = Take();
        new ReadOnlySpan<float>(Address(page), (int)_pageLength).CopyTo(new(Address(copy), (int)_pageLength));
        Leave(page);
        return copy;
    }

    private void Grow()
    {
        var first = _chunks.Count * ChunkPages;
        // Zeroed, so that what is read beside the rows is a number; with slack for the last vector of the last row.
        _chunks.Add((nint)NativeMemory.AlignedAlloc((nuint)((ChunkPages * _pageLength + Arena.Slack) * sizeof(float)), 64));
        NativeMemory.Clear((void*)_chunks[^1], (nuint)((ChunkPages * _pageLength + Arena.Slack) * sizeof(float)));
        Array.Resize(ref _holders, first + ChunkPages);
        for (var page = first + ChunkPages - 1; page >= first; page--) _free.Push(page);
    }
}
