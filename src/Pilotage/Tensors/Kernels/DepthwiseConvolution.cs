using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Convolution of each channel with a window of its own, sixteen channels at a time. Places outside the image are left out: they would add zero.</summary>
internal static unsafe class DepthwiseConvolution
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Forward(in ConvolutionPlan plan, float* image, float* weight, float* bias, float* y)
    {
        var channels = plan.Inputs;
        for (var row = 0; row < plan.OutputHeight; row++)
            for (var column = 0; column < plan.OutputWidth; column++, y += channels)
            {
                var (top, left) = (row * plan.Stride - plan.Padding, column * plan.Stride - plan.Padding);
                var ((first, end), firstRow, endRow) = (plan.Columns(column), Math.Max(0, -top), Math.Min(plan.WindowHeight, plan.Height - top));
                for (var c = 0; c < channels; c += Lanes.Count)
                {
                    var sum = bias == null ? Vector512<float>.Zero : Vector512.Load(bias + c);
                    for (var r = firstRow; r < endRow; r++)
                    {
                        var x = image + ((long)(top + r) * plan.Width + left + first) * channels + c;
                        var w = weight + (r * plan.WindowWidth + first) * channels + c;
                        for (var k = first; k < end; k++, x += channels, w += channels) sum = Vector512.FusedMultiplyAdd(Vector512.Load(x), Vector512.Load(w), sum);
                    }
                    Store(sum, y + c, channels - c);
                }
            }
    }

    /// <summary>Adds to the gradient of an image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddInputGradient(in ConvolutionPlan plan, float* g, float* weight, float* d)
    {
        var channels = plan.Inputs;
        for (var row = 0; row < plan.OutputHeight; row++)
            for (var column = 0; column < plan.OutputWidth; column++, g += channels)
            {
                var (top, left) = (row * plan.Stride - plan.Padding, column * plan.Stride - plan.Padding);
                var ((first, end), firstRow, endRow) = (plan.Columns(column), Math.Max(0, -top), Math.Min(plan.WindowHeight, plan.Height - top));
                for (var r = firstRow; r < endRow; r++)
                    for (var k = first; k < end; k++)
                    {
                        var x = d + ((long)(top + r) * plan.Width + left + k) * channels;
                        var w = weight + (r * plan.WindowWidth + k) * channels;
                        for (var c = 0; c < channels; c += Lanes.Count)
                            Store(Vector512.FusedMultiplyAdd(Vector512.Load(g + c), Vector512.Load(w + c), Vector512.Load(x + c)), x + c, channels - c);
                    }
            }
    }

    /// <summary>Adds to the gradient of the windows; each element is one chain over the positions in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddWeightGradient(in ConvolutionPlan plan, float* image, float* g, float* d)
    {
        var channels = plan.Inputs;
        for (var r = 0; r < plan.WindowHeight; r++)
            for (var k = 0; k < plan.WindowWidth; k++, d += channels)
                for (var c = 0; c < channels; c += Lanes.Count)
                {
                    var sum = Vector512.Load(d + c);
                    for (var row = 0; row < plan.OutputHeight; row++)
                    {
                        var imageRow = row * plan.Stride - plan.Padding + r;
                        if ((uint)imageRow >= (uint)plan.Height) continue;
                        for (var column = 0; column < plan.OutputWidth; column++)
                        {
                            var imageColumn = column * plan.Stride - plan.Padding + k;
                            if ((uint)imageColumn >= (uint)plan.Width) continue;
                            sum = Vector512.FusedMultiplyAdd(
                                Vector512.Load(image + ((long)imageRow * plan.Width + imageColumn) * channels + c),
                                Vector512.Load(g + ((long)row * plan.OutputWidth + column) * channels + c), sum);
                        }
                    }
                    Store(sum, d + c, channels - c);
                }
    }

    /// <summary>Stores the channels there are and touches nothing behind them: it may be another thread's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> value, float* target, int channels)
    {
        if (channels >= Lanes.Count) value.Store(target);
        else
            for (var c = 0; c < channels; c++) target[c] = value.GetElement(c);
    }
}
