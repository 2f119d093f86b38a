using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Reductions of x [outer, length, inner] to y [outer, inner].</summary>
/// <remarks>
/// Along the innermost axis (inner = 1): four vectors of lanes in turn, then a fixed tree. Otherwise: one after another down the axis, lanes across inner.
/// The order depends on length and inner alone.
/// </remarks>
internal static unsafe class Reductions
{
    /// <summary>Any reduction; log-sum-exp wants room for a line.</summary>
    public static void Run(Reduction reduction, float* x, float* y, int outer, int length, int inner, float* line)
    {
        switch (reduction)
        {
            case Reduction.Sum: Sum(x, y, outer, length, inner, 1); break;
            case Reduction.Mean: Sum(x, y, outer, length, inner, 1f / length); break;
            case Reduction.Maximum: Maximum(x, y, outer, length, inner); break;
            default: LogSumExp(x, y, outer, length, inner, line); break;
        }
    }

    /// <summary>Sum of consecutive elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float Sum(float* x, int length)
    {
        var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var i = 0;
        for (; i <= length - 4 * Lanes.Count; i += 4 * Lanes.Count)
        {
            a += Vector512.Load(x + i);
            b += Vector512.Load(x + i + Lanes.Count);
            c += Vector512.Load(x + i + 2 * Lanes.Count);
            d += Vector512.Load(x + i + 3 * Lanes.Count);
        }
        for (; i <= length - Lanes.Count; i += Lanes.Count) a += Vector512.Load(x + i);
        if (i < length) b += Vector512.Load(x + i) & Lanes.First(length - i);
        return Lanes.Sum(a + b + (c + d));
    }

    /// <summary>Sum of up to sixteen consecutive elements: the bits of <see cref="Sum(float*, int)"/>, without a call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ShortSum(float* x, int length) => Lanes.Sum((Vector512.Load(x) & Lanes.First(length)) + Vector512<float>.Zero);

    /// <summary>Largest of consecutive elements; NaN where there is one.</summary>
    public static float Maximum(float* x, int length)
    {
        var largest = Vector512.Create(float.NegativeInfinity);
        var i = 0;
        for (; i <= length - Lanes.Count; i += Lanes.Count) largest = Vector512.Max(largest, Vector512.Load(x + i));
        if (i < length)
            largest = Vector512.Max(largest, Vector512.ConditionalSelect(Lanes.First(length - i), Vector512.Load(x + i), Vector512.Create(float.NegativeInfinity)));
        return Lanes.Maximum(largest);
    }

    /// <summary>y = scale times the sums.</summary>
    public static void Sum(float* x, float* y, int outer, int length, int inner, float scale)
    {
        if (inner == 1)
        {
            for (var o = 0; o < outer; o++) y[o] = scale * Sum(x + (long)o * length, length);
            return;
        }
        for (var o = 0; o < outer; o++, x += (long)length * inner, y += inner)
        {
            new Span<float>(y, inner).Clear();
            AddRows(x, y, length, inner);
            for (var i = 0; i < inner; i++) y[i] *= scale;
        }
    }

    /// <summary>y [columns] += the rows of x [rows, columns], one after another. Touches exactly the columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddRows(float* x, float* y, int rows, int columns)
    {
        var c = 0;
        for (; c <= columns - 4 * Lanes.Count; c += 4 * Lanes.Count)
        {
            var (s0, s1, s2, s3) = (Vector512.Load(y + c), Vector512.Load(y + c + 16), Vector512.Load(y + c + 32), Vector512.Load(y + c + 48));
            var row = x + c;
            for (var r = 0; r < rows; r++, row += columns)
            {
                s0 += Vector512.Load(row);
                s1 += Vector512.Load(row + 16);
                s2 += Vector512.Load(row + 32);
                s3 += Vector512.Load(row + 48);
            }
            s0.Store(y + c);
            s1.Store(y + c + 16);
            s2.Store(y + c + 32);
            s3.Store(y + c + 48);
        }
        for (; c <= columns - 2 * Lanes.Count; c += 2 * Lanes.Count)
        {
            var (s0, s1) = (Vector512.Load(y + c), Vector512.Load(y + c + 16));
            var row = x + c;
            for (var r = 0; r < rows; r++, row += columns)
            {
                s0 += Vector512.Load(row);
                s1 += Vector512.Load(row + 16);
            }
            s0.Store(y + c);
            s1.Store(y + c + 16);
        }
        for (; c < columns; c += Lanes.Count)
        {
            var sum = Vector512.Load(y + c);
            var row = x + c;
            for (var r = 0; r < rows; r++, row += columns) sum += Vector512.Load(row);
            Lanes.StoreFirst(sum, y + c, Lanes.First(columns - c));
        }
    }

    /// <summary>d += scale times the gradient of the sum that each element went into.</summary>
    public static void SpreadSum(float* g, float* d, int outer, int length, int inner, float scale)
    {
        if (inner == 1)
        {
            for (var o = 0; o < outer; o++, d += length)
            {
                var share = Vector512.Create(g[o] * scale);
                var i = 0;
                for (; i <= length - Lanes.Count; i += Lanes.Count) (Vector512.Load(d + i) + share).Store(d + i);
                if (i < length) Lanes.StoreFirst(Vector512.Load(d + i) + share, d + i, Lanes.First(length - i));
            }
            return;
        }
        for (var o = 0; o < outer; o++, g += inner)
            for (var l = 0; l < length; l++, d += inner)
                for (var i = 0; i < inner; i += Lanes.Count)
                    Lanes.StoreFirst(Vector512.FusedMultiplyAdd(Vector512.Load(g + i), Vector512.Create(scale), Vector512.Load(d + i)), d + i, Lanes.First(inner - i));
    }

    public static void Maximum(float* x, float* y, int outer, int length, int inner)
    {
        for (var o = 0; o < outer; o++, x += (long)length * inner)
            for (var i = 0; i < inner; i++)
                *y++ = inner == 1 ? Maximum(x, length) : ColumnMaximum(x + i, length, inner);
    }

    /// <summary>The first of the largest elements takes the gradient.</summary>
    public static void SpreadMaximum(float* x, float* y, float* g, float* d, int outer, int length, int inner)
    {
        for (var o = 0; o < outer; o++, x += (long)length * inner, d += (long)length * inner)
            for (var i = 0; i < inner; i++, y++, g++)
                for (var l = 0; l < length; l++)
                {
                    if (x[(long)l * inner + i] != *y) continue;
                    d[(long)l * inner + i] += *g;
                    break;
                }
    }

    /// <summary>log(sum(exp(x))) from the maximum. A line of minus infinities gives minus infinity.</summary>
    public static void LogSumExp(float* x, float* y, int outer, int length, int inner, float* line)
    {
        for (var o = 0; o < outer; o++, x += (long)length * inner)
            for (var i = 0; i < inner; i++)
            {
                for (var l = 0; l < length; l++) line[l] = x[(long)l * inner + i];
                var largest = Maximum(line, length);
                if (float.IsInfinity(largest))
                {
                    *y++ = largest;
                    continue;
                }
                for (var l = 0; l < length; l += Lanes.Count) VectorMath.Exp(Vector512.Load(line + l) - Vector512.Create(largest)).Store(line + l);
                *y++ = largest + VectorMath.Log(Vector512.Create(Sum(line, length))).ToScalar();
            }
    }

    /// <summary>A line of minus infinities passes no gradient.</summary>
    public static void SpreadLogSumExp(float* x, float* y, float* g, float* d, int outer, int length, int inner)
    {
        for (var o = 0; o < outer; o++, y += inner, g += inner)
            for (var l = 0; l < length; l++, x += inner, d += inner)
                for (var i = 0; i < inner; i++)
                    if (!float.IsNegativeInfinity(y[i])) d[i] += g[i] * VectorMath.Exp(Vector512.Create(x[i] - y[i])).ToScalar();
    }

    private static float ColumnMaximum(float* x, int length, int stride)
    {
        var largest = float.NegativeInfinity;
        for (var l = 0; l < length; l++)
        {
            var value = x[(long)l * stride];
            // The second test lets NaN in; nothing is larger than it, so it stays.
            if (value > largest || float.IsNaN(value)) largest = value;
            if (float.IsNaN(largest)) break;
        }
        return largest;
    }
}
