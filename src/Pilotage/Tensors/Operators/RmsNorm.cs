using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors.Operators;

/// <summary>Root-mean-square normalisation over the last axis. Keeps each row's reciprocal root.</summary>
internal sealed unsafe class RmsNorm : ManagedOperator
{
    public override OperatorMemory Memory(in OperatorCall call) => new(Kept: Rows(call));

    public override void Forward(in OperatorCall call) => Normalise(call.Input(0), call.Input(1), call.Value, call.Kept, Rows(call), call.Shape[-1], call.Settings.Number);

    public override void Backward(in OperatorCall call)
    {
        var (rows, columns) = (Rows(call), call.Shape[-1]);
        if (call.Needs(1)) GainGradient(call.Input(0), call.Kept, call.Gradient, call.Sum(1), rows, columns);
        if (!call.Needs(0)) return;
        var d = call.Receive(0, out var add);
        InputGradient(call.Input(0), call.Input(1), call.Kept, call.Gradient, d, rows, columns, add);
    }

    private static int Rows(in OperatorCall call) => call.Shape.Count / Math.Max(1, call.Shape[-1]);

    /// <summary>y = x / root, times gain where it is not null; roots gets each row's reciprocal root.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Normalise(float* x, float* gain, float* y, float* roots, int rows, int columns, float epsilon)
    {
        for (var r = 0; r < rows; r++, x += columns, y += columns)
        {
            var (squares, c) = (Vector512<float>.Zero, 0);
            for (; c <= columns - Lanes.Count; c += Lanes.Count) squares = Vector512.FusedMultiplyAdd(Vector512.Load(x + c), Vector512.Load(x + c), squares);
            if (c < columns)
            {
                var value = Vector512.Load(x + c) & Lanes.First(columns - c);
                squares = Vector512.FusedMultiplyAdd(value, value, squares);
            }
            roots[r] = 1 / MathF.Sqrt(Lanes.Sum(squares) / columns + epsilon);
            var factor = Vector512.Create(roots[r]);
            for (c = 0; c < columns; c += Lanes.Count)
            {
                var value = Vector512.Load(x + c) * factor;
                if (gain != null) value *= Vector512.Load(gain + c);
                if (c <= columns - Lanes.Count) value.Store(y + c);
                else Lanes.StoreFirst(value, y + c, Lanes.First(columns - c));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void GainGradient(float* x, float* roots, float* g, float* d, int rows, int columns)
    {
        for (var c = 0; c < columns; c += Lanes.Count)
        {
            var sum = Vector512.Load(d + c);
            for (var r = 0; r < rows; r++)
            {
                var at = (long)r * columns + c;
                sum = Vector512.FusedMultiplyAdd(Vector512.Load(g + at), Vector512.Load(x + at) * Vector512.Create(roots[r]), sum);
            }
            Lanes.StoreFirst(sum, d + c, Lanes.First(columns - c));
        }
    }

    /// <summary>With h = g gain and n the normalised row: d = (h - n mean(h n)) / root.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void InputGradient(float* x, float* gain, float* roots, float* g, float* d, int rows, int columns, bool add)
    {
        for (var r = 0; r < rows; r++, x += columns, g += columns, d += columns)
        {
            var (factor, products) = (Vector512.Create(roots[r]), Vector512<float>.Zero);
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var (h, normal) = (Vector512.Load(g + c), Vector512.Load(x + c) * factor);
                if (gain != null) h *= Vector512.Load(gain + c);
                if (c > columns - Lanes.Count) (h, normal) = (h & Lanes.First(columns - c), normal & Lanes.First(columns - c));
                products = Vector512.FusedMultiplyAdd(h, normal, products);
            }
            var slope = Vector512.Create(Lanes.Sum(products) / columns);
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var h = Vector512.Load(g + c);
                if (gain != null) h *= Vector512.Load(gain + c);
                var value = (h - Vector512.Load(x + c) * factor * slope) * factor;
                if (add) value += Vector512.Load(d + c);
                if (c <= columns - Lanes.Count) value.Store(d + c);
                else Lanes.StoreFirst(value, d + c, Lanes.First(columns - c));
            }
        }
    }
}
