using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Language.Generation;

/// <summary>Attention of one token to the keys and values in its branch's pages: the chains, lanes and sums of <see cref="AttentionForward"/>.</summary>
internal readonly unsafe struct CachedAttention(int heads, int keyHeads, int headWidth)
{
    private const int Page = KeyValuePages.Tokens;
    private readonly int _vectors = Lanes.Whole(headWidth) / Lanes.Count;
    private readonly float _scale = 1 / MathF.Sqrt(headWidth);

    private int KeyWidth => keyHeads * headWidth;

    /// <summary>Elements of a token's scores and sums for so many keys.</summary>
    public int Scratch(int keys) => heads * (Lanes.Whole(keys) + Lanes.Whole(headWidth)) + 3 * Lanes.Count;

    /// <summary>Writes a token's key and value to its place in a page's layer.</summary>
    public void Store(float* key, float* value, float* page, int place)
    {
        var width = KeyWidth;
        for (var i = 0; i < width; i++) page[i * Page + place] = key[i];
        new ReadOnlySpan<float>(value, width).CopyTo(new(page + (nint)(Page + place) * width, width));
    }

    /// <summary>The token's heads, weighted sums of the values that it sees.</summary>
    /// <param name="query">[heads, headWidth].</param>
    /// <param name="pages">Addresses of the branch's pages.</param>
    /// <param name="layer">Elements from a page's beginning to the layer.</param>
    /// <param name="keys">How many it sees, itself included.</param>
    /// <param name="scratch">As long as <see cref="Scratch"/> says.</param>
    /// <param name="output">Receives [heads, headWidth].</param>
    public void Run(float* query, nint* pages, nint layer, int keys, float* scratch, float* output)
    {
        var pitch = Lanes.Whole(keys);
        var reciprocals = stackalloc float[heads];
        for (var head = 0; head < heads; head++)
        {
            var scores = scratch + head * pitch;
            Scores(query + head * headWidth, pages, layer + head / (heads / keyHeads) * headWidth * Page, (keys + Page - 1) / Page, headWidth, scores);
            reciprocals[head] = AttentionRows.Softmax(scores, null, keys, pitch, _scale).Reciprocal;
        }
        var sums = scratch + heads * pitch;
        var columns = heads * _vectors;
        for (var column = 0; column < columns; column += 4) Values(scratch, pitch, pages, layer + Page * KeyWidth, keys, column, Math.Min(column + 3, columns - 1), sums);
        for (var head = 0; head < heads; head++)
            AttentionRows.Unpack(sums + head * _vectors * Lanes.Count, 0, 1, headWidth, reciprocals[head], output + head * headWidth, 0, add: false);
    }

    /// <summary>Products of a query with all keys of the pages: chains over the head's numbers, a key in each lane, four pages at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Scores(float* query, nint* pages, nint offset, int count, int width, float* scores)
    {
        var page = 0;
        for (; page <= count - 4; page += 4, scores += 4 * Page)
        {
            float* a = (float*)pages[page] + offset, b = (float*)pages[page + 1] + offset, c = (float*)pages[page + 2] + offset, d = (float*)pages[page + 3] + offset;
            Vector512<float> s = default, t = default, u = default, v = default;
            for (var i = 0; i < width; i++, a += Page, b += Page, c += Page, d += Page)
            {
                var x = Vector512.Create(query[i]);
                s = Vector512.FusedMultiplyAdd(x, Vector512.Load(a), s);
                t = Vector512.FusedMultiplyAdd(x, Vector512.Load(b), t);
                u = Vector512.FusedMultiplyAdd(x, Vector512.Load(c), u);
                v = Vector512.FusedMultiplyAdd(x, Vector512.Load(d), v);
            }
            s.Store(scores);
            t.Store(scores + Page);
            u.Store(scores + 2 * Page);
            v.Store(scores + 3 * Page);
        }
        for (; page < count; page++, scores += Page)
        {
            var a = (float*)pages[page] + offset;
            Vector512<float> s = default;
            for (var i = 0; i < width; i++, a += Page) s = Vector512.FusedMultiplyAdd(Vector512.Create(query[i]), Vector512.Load(a), s);
            s.Store(scores);
        }
    }

    /// <summary>Up to four vectors of the sums, whichever heads they belong to: chains over the keys. Missing ones repeat the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Values(float* weights, int pitch, nint* pages, nint offset, int keys, int first, int last, float* sums)
    {
        var width = KeyWidth;
        int second = Math.Min(first + 1, last), third = Math.Min(first + 2, last);
        float* w0 = weights + first / _vectors * pitch, w1 = weights + second / _vectors * pitch, w2 = weights + third / _vectors * pitch, w3 = weights + last / _vectors * pitch;
        nint v0 = PlaceOf(first), v1 = PlaceOf(second), v2 = PlaceOf(third), v3 = PlaceOf(last);
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        for (var key = 0; key < keys; pages++)
        {
            var value = (float*)*pages + offset;
            for (var end = Math.Min(keys, key + Page); key < end; key++, value += width)
            {
                s0 = Vector512.FusedMultiplyAdd(Vector512.Create(w0[key]), Vector512.Load(value + v0), s0);
                s1 = Vector512.FusedMultiplyAdd(Vector512.Create(w1[key]), Vector512.Load(value + v1), s1);
                s2 = Vector512.FusedMultiplyAdd(Vector512.Create(w2[key]), Vector512.Load(value + v2), s2);
                s3 = Vector512.FusedMultiplyAdd(Vector512.Create(w3[key]), Vector512.Load(value + v3), s3);
            }
        }
        s0.Store(sums + first * Lanes.Count);
        s1.Store(sums + second * Lanes.Count);
        s2.Store(sums + third * Lanes.Count);
        s3.Store(sums + last * Lanes.Count);
    }

    /// <summary>Where a vector of the sums finds its values in a token's row.</summary>
    private nint PlaceOf(int column) => column / _vectors / (heads / keyHeads) * headWidth + column % _vectors * Lanes.Count;
}
