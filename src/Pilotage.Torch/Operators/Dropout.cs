using TorchSharp;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Zeros at random places, the rest scaled up; the places are those of every backend, drawn from the key on the host.</summary>
internal sealed class Dropout : TorchOperator
{
    public override Native Apply(in TorchCall call)
    {
        var (rate, key) = (call.Settings.Number, call.Settings.Key);
        var threshold = (uint)(rate * 4294967296.0);
        var dropped = new bool[call.Shape.Count];
        for (var i = 0; i < dropped.Length; i++)
        {
            // Each draw of the key's stream decides two elements, the first by its lower half.
            var bits = Randomness.Block((ulong)i >> 1, 0, key);
            dropped[i] = (uint)(bits >> 32 * (i & 1)) < threshold;
        }
        using var mask = HostCopy.FromBooleans(dropped, call.Shape, call.Device);
        using var nothing = 0f.ToScalar();
        using var scale = (1 / (1 - (double)rate)).ToScalar();
        // Chosen, not multiplied: what is dropped may be infinite.
        using var kept = call.Input(0).masked_fill(mask, nothing);
        return kept.mul(scale);
    }
}
