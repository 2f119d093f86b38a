using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors.Operators;

/// <summary>log of the running sums of exp(x) along an axis, sixteen lines at a time, a lane each.</summary>
/// <remarks>
/// Kept on the way: the largest element m so far and s = sum of exp(x - m); y = m + log s. Results before the first element above minus infinity are minus
/// infinity and pass no gradient. With r_j = sum over l at or after j of g_l exp(y_j - y_l), the gradient is exp(x_j - y_j) r_j: y never falls, so no power exceeds 1.
/// </remarks>
internal sealed unsafe class CumulativeLogSumExp : ManagedOperator
{
    public override OperatorMemory Memory(in OperatorCall call) => new();

    public override void Forward(in OperatorCall call)
    {
        var (axis, shape) = (call.Settings.First, call.Shape);
        if (shape.Count > 0) Run(call.Input(0), call.Value, shape.Outer(axis), shape[axis], shape.Inner(axis));
    }

    public override void Backward(in OperatorCall call)
    {
        var (axis, shape) = (call.Settings.First, call.Shape);
        if (call.Needs(0) && shape.Count > 0) Spread(call.Input(0), call.Value, call.Gradient, call.Sum(0), shape.Outer(axis), shape[axis], shape.Inner(axis));
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run(float* x, float* y, int outer, int length, int inner)
    {
        var starts = stackalloc long[Lanes.Count];
        var lowest = Vector512.Create(float.NegativeInfinity);
        for (var first = 0; first < outer * inner; first += Lanes.Count)
        {
            var lanes = Starts(starts, first, outer * inner, length, inner);
            var (largest, sum) = (lowest, Vector512<float>.Zero);
            for (var l = 0; l < length; l++)
            {
                var value = Read(x, starts, (long)l * inner);
                var limit = Vector512.Max(largest, value);
                // Where nothing above minus infinity has come yet, the differences would be no numbers.
                var none = Vector512.Equals(limit, lowest);
                sum = Vector512.AndNot(sum * VectorMath.Exp(largest - limit) + VectorMath.Exp(value - limit), none);
                largest = limit;
                var result = Vector512.ConditionalSelect(Vector512.Equals(limit, Vector512.Create(float.PositiveInfinity)) | none, limit, limit + VectorMath.Log(sum));
                for (var lane = 0; lane < lanes; lane++) y[starts[lane] + (long)l * inner] = result[lane];
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Spread(float* x, float* y, float* g, float* d, int outer, int length, int inner)
    {
        var starts = stackalloc long[Lanes.Count];
        for (var first = 0; first < outer * inner; first += Lanes.Count)
        {
            var lanes = Starts(starts, first, outer * inner, length, inner);
            var (rest, next) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var l = length - 1; l >= 0; l--)
            {
                var at = (long)l * inner;
                var result = Read(y, starts, at);
                var none = Vector512.Equals(result, Vector512.Create(float.NegativeInfinity));
                var carried = l == length - 1 ? Vector512<float>.Zero : rest * VectorMath.Exp(result - next);
                rest = Vector512.AndNot(Read(g, starts, at) + carried, none);
                var gradient = Vector512.AndNot(rest * VectorMath.Exp(Read(x, starts, at) - result), none);
                next = result;
                for (var lane = 0; lane < lanes; lane++) d[starts[lane] + at] += gradient[lane];
            }
        }
    }

    /// <summary>Where sixteen lines begin; lanes beyond the last line repeat the first of them. Returns how many are lines of their own.</summary>
    private static int Starts(long* starts, int first, int lines, int length, int inner)
    {
        var lanes = Math.Min(Lanes.Count, lines - first);
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            var (o, i) = Math.DivRem(first + (lane < lanes ? lane : 0), inner);
            starts[lane] = (long)o * length * inner + i;
        }
        return lanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Read(float* x, long* starts, long at) => Vector512.Create(
        x[starts[0] + at], x[starts[1] + at], x[starts[2] + at], x[starts[3] + at], x[starts[4] + at], x[starts[5] + at], x[starts[6] + at], x[starts[7] + at],
        x[starts[8] + at], x[starts[9] + at], x[starts[10] + at], x[starts[11] + at], x[starts[12] + at], x[starts[13] + at], x[starts[14] + at], x[starts[15] + at]);
}
