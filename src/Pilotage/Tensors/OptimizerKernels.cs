using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors;

/// <summary>Passes over flat parameter buffers. Elements do not depend on each other but for the norm, whose order is fixed.</summary>
internal static unsafe class OptimizerKernels
{
    /// <summary>Euclidean norm, summed in double: thirty-two lanes in turn, then a fixed tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float Norm(ReadOnlySpan<float> values)
    {
        var (a, b, c, d) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        fixed (float* x = values)
        {
            var i = 0;
            for (; i <= values.Length - 2 * Lanes.Count; i += 2 * Lanes.Count)
            {
                var (x0, x1) = Vector512.Widen(Vector512.Load(x + i));
                var (x2, x3) = Vector512.Widen(Vector512.Load(x + i + Lanes.Count));
                a = Vector512.FusedMultiplyAdd(x0, x0, a);
                b = Vector512.FusedMultiplyAdd(x1, x1, b);
                c = Vector512.FusedMultiplyAdd(x2, x2, c);
                d = Vector512.FusedMultiplyAdd(x3, x3, d);
            }
            var sum = Lanes.Sum(a + b + (c + d));
            for (; i < values.Length; i++) sum += (double)x[i] * x[i];
            return (float)Math.Sqrt(sum);
        }
    }

    /// <summary>v = (1 - rate) v + rate s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Blend(Span<float> values, ReadOnlySpan<float> source, float rate)
    {
        fixed (float* v = values, s = source)
        {
            var i = 0;
            for (; i <= values.Length - Lanes.Count; i += Lanes.Count)
            {
                var old = Vector512.Load(v + i);
                Vector512.FusedMultiplyAdd(Vector512.Create(rate), Vector512.Load(s + i) - old, old).Store(v + i);
            }
            for (; i < values.Length; i++) v[i] = MathF.FusedMultiplyAdd(rate, s[i] - v[i], v[i]);
        }
    }

    /// <summary>Adam in one pass: scale the gradient, both moments, decayed update. The length is a multiple of sixteen.</summary>
    /// <param name="values">Changed: v -= decay v + stepSize m / (rootScale sqrt(s) + epsilon), one rounding at the size of v.</param>
    /// <param name="gradient">Not scaled yet.</param>
    /// <param name="first">First moments m.</param>
    /// <param name="second">Second moments s.</param>
    /// <param name="pass">The numbers of this update.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Adam(Span<float> values, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, in AdamPass pass)
    {
        var (scale, decay, stepSize) = (Vector512.Create(pass.GradientScale), Vector512.Create(pass.Decay), Vector512.Create(pass.StepSize));
        var (decay1, decay2) = (Vector512.Create(pass.FirstDecay), Vector512.Create(pass.SecondDecay));
        var (gain1, gain2) = (Vector512.Create(pass.FirstGain), Vector512.Create(pass.SecondGain));
        var (rootScale, epsilon) = (Vector512.Create(pass.RootScale), Vector512.Create(pass.Epsilon));
        fixed (float* v = values, g = gradient, m = first, s = second)
            for (var i = 0; i < values.Length; i += Lanes.Count)
            {
                var slope = Vector512.Load(g + i) * scale;
                var mean = Vector512.FusedMultiplyAdd(Vector512.Load(m + i), decay1, slope * gain1);
                var square = Vector512.FusedMultiplyAdd(Vector512.Load(s + i), decay2, slope * slope * gain2);
                mean.Store(m + i);
                square.Store(s + i);
                var root = Vector512.FusedMultiplyAdd(Vector512.Sqrt(square), rootScale, epsilon);
                var old = Vector512.Load(v + i);
                (old - Vector512.FusedMultiplyAdd(old, decay, stepSize * mean / root)).Store(v + i);
            }
    }

    /// <summary>With h = scale g: s = decay s + gain h²; v -= rate h / (sqrt(s) + epsilon). The length is a multiple of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void RootMeanSquare(Span<float> values, ReadOnlySpan<float> gradient, Span<float> square, float scale, float decay, float gain, float epsilon, float rate)
    {
        fixed (float* v = values, g = gradient, s = square)
            for (var i = 0; i < values.Length; i += Lanes.Count)
            {
                var slope = Vector512.Load(g + i) * Vector512.Create(scale);
                var mean = Vector512.FusedMultiplyAdd(Vector512.Load(s + i), Vector512.Create(decay), slope * slope * Vector512.Create(gain));
                mean.Store(s + i);
                (Vector512.Load(v + i) - Vector512.Create(rate) * slope / (Vector512.Sqrt(mean) + Vector512.Create(epsilon))).Store(v + i);
            }
    }

    /// <summary>b = momentum b + scale g; v -= rate b. The length is a multiple of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Momentum(Span<float> values, ReadOnlySpan<float> gradient, Span<float> buffer, float scale, float momentum, float rate)
    {
        fixed (float* v = values, g = gradient, b = buffer)
            for (var i = 0; i < values.Length; i += Lanes.Count)
            {
                var velocity = Vector512.FusedMultiplyAdd(Vector512.Load(b + i), Vector512.Create(momentum), Vector512.Load(g + i) * scale);
                velocity.Store(b + i);
                Vector512.FusedMultiplyAdd(velocity, Vector512.Create(-rate), Vector512.Load(v + i)).Store(v + i);
            }
    }

    /// <summary>v -= rate scale g. The length is a multiple of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Descend(Span<float> values, ReadOnlySpan<float> gradient, float scale, float rate)
    {
        fixed (float* v = values, g = gradient)
            for (var i = 0; i < values.Length; i += Lanes.Count)
                Vector512.FusedMultiplyAdd(Vector512.Load(g + i) * scale, Vector512.Create(-rate), Vector512.Load(v + i)).Store(v + i);
    }
}
