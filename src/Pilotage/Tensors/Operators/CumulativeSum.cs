using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors.Operators;

/// <summary>Running sums along an axis, one element after another; its gradient runs the other way.</summary>
internal sealed unsafe class CumulativeSum : ManagedOperator
{
    public override OperatorMemory Memory(in OperatorCall call) => new();

    public override void Forward(in OperatorCall call)
    {
        var (axis, shape) = (call.Settings.First, call.Shape);
        if (shape.Count == 0) return;
        var (length, inner) = (shape[axis], shape.Inner(axis));
        var x = call.Input(0);
        var y = call.Value;
        for (var o = shape.Outer(axis); o > 0; o--, x += (long)length * inner, y += (long)length * inner)
            if (inner == 1) Along(x, y, length);
            else Across(x, y, length, inner);
    }

    public override void Backward(in OperatorCall call)
    {
        var (axis, shape) = (call.Settings.First, call.Shape);
        if (!call.Needs(0) || shape.Count == 0) return;
        var (length, inner) = (shape[axis], shape.Inner(axis));
        var g = call.Gradient;
        var d = call.Sum(0);
        for (var o = shape.Outer(axis); o > 0; o--, g += (long)length * inner, d += (long)length * inner)
            for (var i = 0; i < inner; i++)
            {
                var sum = 0f;
                for (var at = (long)(length - 1) * inner + i; at >= 0; at -= inner)
                {
                    sum += g[at];
                    d[at] += sum;
                }
            }
    }

    private static void Along(float* x, float* y, int length)
    {
        var sum = 0f;
        for (var l = 0; l < length; l++) y[l] = sum += x[l];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Across(float* x, float* y, int length, int inner)
    {
        for (var i = 0; i < inner; i += Lanes.Count)
        {
            var (sum, places) = (Vector512<float>.Zero, Lanes.First(inner - i));
            for (var l = 0; l < length; l++)
            {
                var at = (long)l * inner + i;
                sum += Vector512.Load(x + at);
                if (i <= inner - Lanes.Count) sum.Store(y + at);
                else Lanes.StoreFirst(sum, y + at, places);
            }
        }
    }
}
