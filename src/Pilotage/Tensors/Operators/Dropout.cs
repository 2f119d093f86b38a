using System.Runtime.CompilerServices;

namespace Pilotage.Tensors.Operators;

/// <summary>Zeros at random places, the rest scaled up. The mask is not stored: both passes draw it from the key.</summary>
/// <remarks>
/// Draw n of the key's stream (<see cref="Randomness"/>) decides elements 2 n, by its lower 32 bits, and 2 n + 1, by its upper ones: zero where they are below rate times 2^32.
/// </remarks>
internal sealed unsafe class Dropout : ManagedOperator
{
    public override OperatorMemory Memory(in OperatorCall call) => new();

    public override void Forward(in OperatorCall call) => Drop(call.Input(0), call.Value, call.Shape.Count, call.Settings, add: false);

    public override void Backward(in OperatorCall call)
    {
        if (!call.Needs(0)) return;
        var d = call.Receive(0, out var add);
        Drop(call.Gradient, d, call.Shape.Count, call.Settings, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Drop(float* x, float* y, int count, in OperatorSettings settings, bool add)
    {
        var key = settings.Key;
        // Exact: the rate is a float below 1, so its product with 2^32 is at most 2^32 - 2^8.
        var (threshold, scale) = ((uint)(settings.Number * 4294967296.0), 1 / (1 - settings.Number));
        for (var i = 0; i < count; i += 2)
        {
            var bits = Randomness.Block((ulong)i >> 1, 0, key);
            // Chosen, not multiplied: what is dropped may be infinite.
            var value = (uint)bits < threshold ? 0 : x[i] * scale;
            y[i] = add ? y[i] + value : value;
            if (i + 1 == count) break;
            value = (uint)(bits >> 32) < threshold ? 0 : x[i + 1] * scale;
            y[i + 1] = add ? y[i + 1] + value : value;
        }
    }
}
