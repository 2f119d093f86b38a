using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors.Operators;

/// <summary>Layer normalisation over the last axis. Keeps each row's mean and reciprocal deviation.</summary>
internal sealed unsafe class LayerNorm : ManagedOperator
{
    public override OperatorMemory Memory(in OperatorCall call) => new(Kept: 2 * Rows(call));

    public override void Forward(in OperatorCall call) =>
        Normalise(call.Input(0), call.Input(1), call.Input(2), call.Value, call.Kept, Rows(call), Columns(call), call.Settings.Number);

    public override void Backward(in OperatorCall call)
    {
        var (rows, columns) = (Rows(call), Columns(call));
        if (call.Needs(1)) GainGradient(call.Input(0), call.Kept, call.Gradient, call.Sum(1), rows, columns);
        if (call.Needs(2)) Reductions.AddRows(call.Gradient, call.Sum(2), rows, columns);
        if (!call.Needs(0)) return;
        var d = call.Receive(0, out var add);
        InputGradient(call.Input(0), call.Input(1), call.Kept, call.Gradient, d, rows, columns, add);
    }

    private static int Columns(in OperatorCall call) => call.Shape[-1];

    private static int Rows(in OperatorCall call) => call.Shape.Count / Math.Max(1, call.Shape[-1]);

    /// <summary>y = (x - mean) / deviation, times gain plus shift where they are not null; moments gets each row's mean and reciprocal deviation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Normalise(float* x, float* gain, float* shift, float* y, float* moments, int rows, int columns, float epsilon)
    {
        for (var r = 0; r < rows; r++, x += columns, y += columns)
        {
            var mean = Reductions.Sum(x, columns) / columns;
            var (center, squares, c) = (Vector512.Create(mean), Vector512<float>.Zero, 0);
            for (; c <= columns - Lanes.Count; c += Lanes.Count)
            {
                var difference = Vector512.Load(x + c) - center;
                squares = Vector512.FusedMultiplyAdd(difference, difference, squares);
            }
            if (c < columns)
            {
                var difference = (Vector512.Load(x + c) - center) & Lanes.First(columns - c);
                squares = Vector512.FusedMultiplyAdd(difference, difference, squares);
            }
            var reciprocal = 1 / MathF.Sqrt(Lanes.Sum(squares) / columns + epsilon);
            (moments[2 * r], moments[2 * r + 1]) = (mean, reciprocal);
            var factor = Vector512.Create(reciprocal);
            for (c = 0; c < columns; c += Lanes.Count)
            {
                var value = (Vector512.Load(x + c) - center) * factor;
                if (gain != null) value *= Vector512.Load(gain + c);
                if (shift != null) value += Vector512.Load(shift + c);
                if (c <= columns - Lanes.Count) value.Store(y + c);
                else Lanes.StoreFirst(value, y + c, Lanes.First(columns - c));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void GainGradient(float* x, float* moments, float* g, float* d, int rows, int columns)
    {
        for (var c = 0; c < columns; c += Lanes.Count)
        {
            var sum = Vector512.Load(d + c);
            for (var r = 0; r < rows; r++)
            {
                var at = (long)r * columns + c;
                var normal = (Vector512.Load(x + at) - Vector512.Create(moments[2 * r])) * Vector512.Create(moments[2 * r + 1]);
                sum = Vector512.FusedMultiplyAdd(Vector512.Load(g + at), normal, sum);
            }
            Lanes.StoreFirst(sum, d + c, Lanes.First(columns - c));
        }
    }

    /// <summary>With h = g gain and n the normalised row: d = (h - mean(h) - n mean(h n)) / deviation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void InputGradient(float* x, float* gain, float* moments, float* g, float* d, int rows, int columns, bool add)
    {
        for (var r = 0; r < rows; r++, x += columns, g += columns, d += columns)
        {
            var (mean, factor) = (Vector512.Create(moments[2 * r]), Vector512.Create(moments[2 * r + 1]));
            var (sums, products) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var h = Vector512.Load(g + c);
                if (gain != null) h *= Vector512.Load(gain + c);
                var normal = (Vector512.Load(x + c) - mean) * factor;
                if (c > columns - Lanes.Count) (h, normal) = (h & Lanes.First(columns - c), normal & Lanes.First(columns - c));
                sums += h;
                products = Vector512.FusedMultiplyAdd(h, normal, products);
            }
            var (share, slope) = (Vector512.Create(Lanes.Sum(sums) / columns), Vector512.Create(Lanes.Sum(products) / columns));
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var h = Vector512.Load(g + c);
                if (gain != null) h *= Vector512.Load(gain + c);
                var value = (h - share - (Vector512.Load(x + c) - mean) * factor * slope) * factor;
                if (add) value += Vector512.Load(d + c);
                if (c <= columns - Lanes.Count) value.Store(d + c);
                else Lanes.StoreFirst(value, d + c, Lanes.First(columns - c));
            }
        }
    }
}
