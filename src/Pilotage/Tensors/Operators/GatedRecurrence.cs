using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors.Operators;

/// <summary>The new state of a gated recurrent unit, c + z (state - c). Keeps the gates r, z and the candidate c.</summary>
internal sealed unsafe class GatedRecurrence : ManagedOperator
{
    public override OperatorMemory Memory(in OperatorCall call) => new(Kept: 3 * call.Shape.Count);

    public override void Forward(in OperatorCall call) =>
        Cell(call.Input(0), call.Input(1), call.Input(2), call.Value, call.Kept, call.Shape[0], call.Shape[1]);

    public override void Backward(in OperatorCall call)
    {
        var (rows, columns) = (call.Shape[0], call.Shape[1]);
        if (call.Needs(2)) StateGradient(call.Kept, call.Gradient, call.Receive(2, out var addState), rows, columns, addState);
        // One after the other, because both gates may be the same tensor.
        for (var input = 0; input < 2; input++)
            if (call.Needs(input)) GateGradient(call.Kept, call.Input(1), call.Input(2), call.Gradient, call.Receive(input, out var add), rows, columns, ofState: input == 1, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Cell(float* x, float* h, float* state, float* y, float* kept, int rows, int columns)
    {
        for (var r = 0; r < rows; r++, x += 3 * columns, h += 3 * columns, kept += 3 * columns, state += columns, y += columns)
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var places = Lanes.First(columns - c);
                var (u, z) = (c + columns, c + 2 * columns);
                var reset = VectorMath.Sigmoid(Vector512.Load(x + c) + Vector512.Load(h + c));
                var update = VectorMath.Sigmoid(Vector512.Load(x + u) + Vector512.Load(h + u));
                var candidate = VectorMath.Tanh(Vector512.FusedMultiplyAdd(reset, Vector512.Load(h + z), Vector512.Load(x + z)));
                Lanes.StoreFirst(reset, kept + c, places);
                Lanes.StoreFirst(update, kept + u, places);
                Lanes.StoreFirst(candidate, kept + z, places);
                Lanes.StoreFirst(Vector512.FusedMultiplyAdd(update, Vector512.Load(state + c) - candidate, candidate), y + c, places);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void StateGradient(float* kept, float* g, float* d, int rows, int columns, bool add)
    {
        for (var r = 0; r < rows; r++, kept += 3 * columns, g += columns, d += columns)
            for (var c = 0; c < columns; c += Lanes.Count) Put(Vector512.Load(g + c) * Vector512.Load(kept + columns + c), d, c, columns - c, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void GateGradient(float* kept, float* h, float* state, float* g, float* d, int rows, int columns, bool ofState, bool add)
    {
        for (var r = 0; r < rows; r++, kept += 3 * columns, h += 3 * columns, d += 3 * columns, state += columns, g += columns)
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var (u, z) = (c + columns, c + 2 * columns);
                var (reset, update, candidate, gradient) = (Vector512.Load(kept + c), Vector512.Load(kept + u), Vector512.Load(kept + z), Vector512.Load(g + c));
                var one = Vector512<float>.One;
                var toCandidate = gradient * (one - update) * Vector512.FusedMultiplyAdd(-candidate, candidate, one);
                var toUpdate = gradient * (Vector512.Load(state + c) - candidate) * (update * (one - update));
                var toReset = toCandidate * Vector512.Load(h + z) * (reset * (one - reset));
                Put(toReset, d, c, columns - c, add);
                Put(toUpdate, d, u, columns - c, add);
                Put(ofState ? toCandidate * reset : toCandidate, d, z, columns - c, add);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> gradient, float* d, int at, int places, bool add)
    {
        if (add) gradient += Vector512.Load(d + at);
        Lanes.StoreFirst(gradient, d + at, Lanes.First(places));
    }
}
