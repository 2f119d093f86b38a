using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Rows of scores and of heads. Sums over keys run in the lane of the key's position modulo sixteen: keys that are not seen add exact zeros.</summary>
internal static unsafe class AttentionRows
{
    /// <summary>Turns a row's scores into exp(scale s - largest) and gives largest and 1 / sum.</summary>
    /// <param name="scores">The row.</param>
    /// <param name="visible">All bits set where the key may be seen; null for all.</param>
    /// <param name="count">Keys that causality leaves; the others become 0.</param>
    /// <param name="end">Length of the row in whole vectors.</param>
    /// <param name="scale">Of the scores.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static (float Largest, float Reciprocal) Softmax(float* scores, int* visible, int count, int end, float scale)
    {
        var (factor, lowest, c) = (Vector512.Create(scale), Vector512.Create(float.NegativeInfinity), 0);
        var lanes = lowest;
        // The native maximum may lose a NaN here; its exponential brings it back.
        if (visible == null)
            for (; c <= count - Lanes.Count; c += Lanes.Count) lanes = Vector512.MaxNative(lanes, Vector512.Load(scores + c) * factor);
        for (; c < count; c += Lanes.Count) lanes = Vector512.MaxNative(lanes, Vector512.ConditionalSelect(Seen(visible, c, count), Vector512.Load(scores + c) * factor, lowest));
        var largest = Vector512.Create(Lanes.Maximum(lanes));
        var sum = Vector512<float>.Zero;
        c = 0;
        if (visible == null)
            for (; c <= count - Lanes.Count; c += Lanes.Count)
            {
                var weight = VectorMath.Exp(Vector512.Load(scores + c) * factor - largest);
                sum += weight;
                weight.Store(scores + c);
            }
        for (; c < count; c += Lanes.Count)
        {
            var weight = VectorMath.Exp(Vector512.Load(scores + c) * factor - largest) & Seen(visible, c, count);
            sum += weight;
            weight.Store(scores + c);
        }
        for (; c < end; c += Lanes.Count) Vector512<float>.Zero.Store(scores + c);
        return (largest.ToScalar(), 1 / Lanes.Sum(sum));
    }

    /// <summary>Turns a row's scores into probabilities p, and the gradients g of the probabilities into those of the unscaled scores: scale p (g - dot), dot being the sum of p g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Gradients(float* scores, float* gradients, int* visible, int count, int end, float scale, float largest, float reciprocal, float dot)
    {
        var (factor, top, share, middle, c) = (Vector512.Create(scale), Vector512.Create(largest), Vector512.Create(reciprocal), Vector512.Create(dot), 0);
        if (visible == null)
            for (; c <= count - Lanes.Count; c += Lanes.Count)
            {
                var probability = VectorMath.Exp(Vector512.Load(scores + c) * factor - top) * share;
                probability.Store(scores + c);
                (probability * factor * (Vector512.Load(gradients + c) - middle)).Store(gradients + c);
            }
        for (; c < count; c += Lanes.Count)
        {
            var seen = Seen(visible, c, count);
            var probability = VectorMath.Exp(Vector512.Load(scores + c) * factor - top) * share & seen;
            probability.Store(scores + c);
            (probability * factor * (Vector512.Load(gradients + c) - middle) & seen).Store(gradients + c);
        }
        for (; c < end; c += Lanes.Count)
        {
            Vector512<float>.Zero.Store(scores + c);
            Vector512<float>.Zero.Store(gradients + c);
        }
    }

    /// <summary>Sum of the products of two heads.</summary>
    public static float Dot(float* left, float* right, int width)
    {
        var (sum, c) = (Vector512<float>.Zero, 0);
        for (; c <= width - Lanes.Count; c += Lanes.Count) sum = Vector512.FusedMultiplyAdd(Vector512.Load(left + c), Vector512.Load(right + c), sum);
        if (c < width) sum = Vector512.FusedMultiplyAdd(Vector512.Load(left + c) & Lanes.First(width - c), Vector512.Load(right + c) & Lanes.First(width - c), sum);
        return Lanes.Sum(sum);
    }

    /// <summary>Copies rows that lie apart, each filled with zeros to whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Pack(float* source, nint from, int rows, int width, float* target, nint pitch)
    {
        for (var r = 0; r < rows; r++, source += from, target += pitch)
        {
            var c = 0;
            for (; c <= width - Lanes.Count; c += Lanes.Count) Vector512.Load(source + c).Store(target + c);
            if (c < width) (Vector512.Load(source + c) & Lanes.First(width - c)).Store(target + c);
        }
    }

    /// <summary>Transposes rows that lie apart into panels [keys / 64][width][64]; zeros fill the last.</summary>
    public static void Turn(float* source, nint from, int rows, int width, float* panels)
    {
        const int Panel = AttentionPlan.Panel;
        for (var r = 0; r < rows; r += Panel, source += Panel * from, panels += (nint)Panel * width)
        {
            if (rows - r < Panel) new Span<float>(panels, Panel * width).Clear();
            Transposition.Run(source, from, Math.Min(Panel, rows - r), width, panels, Panel);
        }
    }

    /// <summary>Writes or adds packed rows times a factor to rows that lie apart, and touches nothing else: neighbours may be another thread's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Unpack(float* source, nint pitch, int rows, int width, float factor, float* target, nint to, bool add)
    {
        var scale = Vector512.Create(factor);
        for (var r = 0; r < rows; r++, source += pitch, target += to)
        {
            var c = 0;
            // Adding zero turns a negative zero, which trailing products of zero would turn too, into a positive one.
            for (; c <= width - Lanes.Count; c += Lanes.Count)
                Vector512.FusedMultiplyAdd(Vector512.Load(source + c), scale, add ? Vector512.Load(target + c) : Vector512<float>.Zero).Store(target + c);
            for (; c < width; c++) target[c] = MathF.FusedMultiplyAdd(source[c], factor, add ? target[c] : 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Seen(int* visible, int c, int count)
    {
        var first = Lanes.First(count - c);
        return visible == null ? first : first & Vector512.Load(visible + c).AsSingle();
    }
}
