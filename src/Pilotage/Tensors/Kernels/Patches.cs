using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Windows of an image as rows of a matrix, and the way back.</summary>
internal static unsafe class Patches
{
    /// <summary>Lays the patches of output positions side by side, zeros where the window leaves the image.</summary>
    /// <param name="plan">Extents.</param>
    /// <param name="image">The first channel of the group.</param>
    /// <param name="position">First output position.</param>
    /// <param name="count">Positions.</param>
    /// <param name="patches">[count, row, column, channel of the group]; a vector behind it is overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Read(in ConvolutionPlan plan, float* image, int position, int count, float* patches)
    {
        var (channels, inputs, row) = (plan.GroupInputs, plan.Inputs, plan.WindowWidth * plan.GroupInputs);
        var (y, x) = Math.DivRem(position, plan.OutputWidth);
        for (var p = 0; p < count; p++)
        {
            var (first, end) = plan.Columns(x);
            var (top, left) = (y * plan.Stride - plan.Padding, x * plan.Stride - plan.Padding);
            for (var r = 0; r < plan.WindowHeight; r++, patches += row)
            {
                // Stores run over into what is written next.
                if ((uint)(top + r) >= (uint)plan.Height || first >= end)
                {
                    Clear(patches, row);
                    continue;
                }
                var source = image + ((long)(top + r) * plan.Width + left + first) * inputs;
                Clear(patches, first * channels);
                if (channels == inputs) Copy(source, patches + first * channels, (end - first) * channels);
                else
                    for (var c = first; c < end; c++, source += inputs) Copy(source, patches + c * channels, channels);
                Clear(patches + end * channels, (plan.WindowWidth - end) * channels);
            }
            if (++x < plan.OutputWidth) continue;
            (x, y) = (0, y + 1);
        }
    }

    /// <summary>Adds patches to the places of the image that they were read from, in the order of the positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Add(in ConvolutionPlan plan, float* patches, int position, int count, float* image)
    {
        var (channels, inputs, row) = (plan.GroupInputs, plan.Inputs, plan.WindowWidth * plan.GroupInputs);
        var (y, x) = Math.DivRem(position, plan.OutputWidth);
        for (var p = 0; p < count; p++)
        {
            var (first, end) = plan.Columns(x);
            var (top, left) = (y * plan.Stride - plan.Padding, x * plan.Stride - plan.Padding);
            for (var r = 0; r < plan.WindowHeight; r++, patches += row)
            {
                if ((uint)(top + r) >= (uint)plan.Height || first >= end) continue;
                var target = image + ((long)(top + r) * plan.Width + left + first) * inputs;
                if (channels == inputs) AddRun(patches + first * channels, target, (end - first) * channels);
                else
                    for (var c = first; c < end; c++, target += inputs) AddRun(patches + c * channels, target, channels);
            }
            if (++x < plan.OutputWidth) continue;
            (x, y) = (0, y + 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(float* target, int count)
    {
        for (var i = 0; i < count; i += Lanes.Count) Vector512<float>.Zero.Store(target + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, float* target, int count)
    {
        for (var i = 0; i < count; i += Lanes.Count) Vector512.Load(source + i).Store(target + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRun(float* source, float* target, int count)
    {
        var i = 0;
        for (; i <= count - Lanes.Count; i += Lanes.Count) (Vector512.Load(target + i) + Vector512.Load(source + i)).Store(target + i);
        for (; i <= count - 4; i += 4) (Vector128.Load(target + i) + Vector128.Load(source + i)).Store(target + i);
        for (; i < count; i++) target[i] += source[i];
    }
}
