using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors.Operators;

/// <summary>Rotary positions. A token's angles depend on its position alone, so its bits do too.</summary>
internal sealed unsafe class Rotary : ManagedOperator
{
    public override OperatorMemory Memory(in OperatorCall call) => new(ForwardScratch: Angles(call), BackwardScratch: Angles(call));

    public override void Forward(in OperatorCall call) => Run(call, call.Input(0), call.Value, direction: 1, add: false);

    public override void Backward(in OperatorCall call)
    {
        var d = call.Receive(0, out var add);
        Run(call, call.Gradient, d, direction: -1, add);
    }

    /// <summary>Cosines and sines of a token's angles, in whole vectors each.</summary>
    private static int Angles(in OperatorCall call) => 2 * Lanes.Whole(call.Shape[3] / 2);

    private static void Run(in OperatorCall call, float* x, float* y, int direction, bool add)
    {
        var shape = call.Shape;
        if (shape.Count == 0) return;
        var (batch, tokens, heads, half) = (shape[0], shape[1], shape[2], shape[3] / 2);
        var cosines = call.Scratch;
        var sines = cosines + Lanes.Whole(half);
        var ratio = Ratio(call.Settings.Number, half);
        for (var token = 0; token < tokens; token++)
        {
            Turns(call.Settings.First + (long)token, ratio, half, cosines, sines);
            for (var b = 0; b < batch; b++)
            {
                var place = ((long)b * tokens + token) * heads * 2 * half;
                Turn(x + place, y + place, heads, half, cosines, sines, direction, add);
            }
        }
    }

    /// <summary>base^(-1 / half) in double by Newton's method on the power: products alone, so that every machine finds the same bits.</summary>
    internal static double Ratio(double frequencyBase, int half)
    {
        // The power is convex: from above the steps fall until rounding stops them.
        var target = 1 / frequencyBase;
        for (var root = 1.0; ;)
        {
            var power = 1.0;
            for (var i = 1; i < half; i++) power *= root;
            var next = root - (power * root - target) / (half * power);
            if (next >= root) return root;
            root = next;
        }
    }

    /// <summary>Cosines and sines of a position's angles, in whole vectors.</summary>
    internal static void Turns(long position, double ratio, int half, float* cosines, float* sines)
    {
        double frequency = 1;
        for (var i = 0; i < half; i++, frequency *= ratio)
        {
            // Whole turns are taken off in double: float32 would lose the angle of far positions.
            var turns = position * frequency * (0.5 / Math.PI);
            cosines[i] = (float)((turns - Math.Round(turns)) * (2 * Math.PI));
        }
        for (var i = 0; i < half; i += Lanes.Count)
        {
            var angle = Vector512.Load(cosines + i) & Lanes.First(half - i);
            Trigonometry.Cos(angle).Store(cosines + i);
            Trigonometry.Sin(angle).Store(sines + i);
        }
    }

    /// <summary>Turns the heads of one token by its angles, or back; y may be x unless it is added to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Turn(float* x, float* y, int heads, int half, float* cosines, float* sines, int direction, bool add)
    {
        var sign = Vector512.Create((float)direction);
        for (var head = 0; head < heads; head++, x += 2 * half, y += 2 * half)
        {
            var i = 0;
            for (; i <= half - Lanes.Count; i += Lanes.Count)
            {
                var (cosine, sine, low, high) = (Vector512.Load(cosines + i), Vector512.Load(sines + i) * sign, Vector512.Load(x + i), Vector512.Load(x + half + i));
                var first = Vector512.FusedMultiplyAdd(low, cosine, -(high * sine));
                var second = Vector512.FusedMultiplyAdd(high, cosine, low * sine);
                (add ? Vector512.Load(y + i) + first : first).Store(y + i);
                (add ? Vector512.Load(y + half + i) + second : second).Store(y + half + i);
            }
            for (; i < half; i++)
            {
                var (cosine, sine, low, high) = (cosines[i], sines[i] * direction, x[i], x[half + i]);
                var first = MathF.FusedMultiplyAdd(low, cosine, -(high * sine));
                var second = MathF.FusedMultiplyAdd(high, cosine, low * sine);
                y[i] = add ? y[i] + first : first;
                y[half + i] = add ? y[half + i] + second : second;
            }
        }
    }
}
