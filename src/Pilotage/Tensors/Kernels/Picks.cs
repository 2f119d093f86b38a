namespace Pilotage.Tensors.Kernels;

/// <summary>Gather and its gradient: y [outer, picks, inner] from x [outer, extent, inner].</summary>
internal static unsafe class Picks
{
    /// <summary>Picks elements. Returns the place of the first index outside the axis, or -1.</summary>
    public static int Gather(float* x, int* indices, float* y, int outer, int extent, int inner, int count)
    {
        var wrong = FirstOutside(indices, extent, count);
        if (wrong >= 0) return wrong;
        if (outer * (long)inner == 0) return -1;
        if (inner == 1 && count == outer)
        {
            for (var o = 0; o < outer; o++) y[o] = x[(long)o * extent + indices[o]];
            return -1;
        }
        var picks = count / (outer * inner);
        for (var o = 0; o < outer; o++, x += (long)extent * inner)
            for (var p = 0; p < picks; p++)
                for (var i = 0; i < inner; i++) *y++ = x[(long)*indices++ * inner + i];
        return -1;
    }

    /// <summary>The place of the first index outside [0, extent), or -1.</summary>
    public static int FirstOutside(int* indices, int extent, int count)
    {
        for (var i = 0; i < count; i++)
            if ((uint)indices[i] >= (uint)extent) return i;
        return -1;
    }

    /// <summary>The error of an index outside an axis.</summary>
    public static ArgumentOutOfRangeException Outside<TOperation>(TOperation operation, int index, int place, int axis, in Shape shape) => new(
        nameof(index), $"{operation}: index {index} at place {place} lies outside axis {axis} of {shape}; allowed {(shape[axis] == 0 ? "is none" : $"are 0 to {shape[axis] - 1}")}.");

    /// <summary>d at each picked place += g, in the order of the picks.</summary>
    public static void Scatter(float* g, int* indices, float* d, int outer, int extent, int inner, int count)
    {
        if (outer * (long)inner == 0) return;
        var picks = count / (outer * inner);
        for (var o = 0; o < outer; o++, d += (long)extent * inner)
            for (var p = 0; p < picks; p++)
                for (var i = 0; i < inner; i++) d[(long)*indices++ * inner + i] += *g++;
    }
}
