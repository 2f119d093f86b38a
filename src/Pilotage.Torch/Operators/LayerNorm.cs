using static TorchSharp.torch.nn;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Layer normalisation over the last axis.</summary>
internal sealed class LayerNorm : TorchOperator
{
    public override Native Apply(in TorchCall call) => call.Shape[-1] == 1
        ? OfOne(call.Input(0), call.Optional(1), call.Optional(2))
        : functional.layer_norm(call.Input(0), [call.Shape[-1]], call.Optional(1), call.Optional(2), call.Settings.Number);

    /// <summary>A row of one element is its own mean. libtorch divides what rounding leaves of the difference by the root of epsilon.</summary>
    private static Native OfOne(Native x, Native? gain, Native? shift)
    {
        var normal = x.sub(x);
        if (gain is not null)
        {
            using var plain = normal;
            normal = plain.mul(gain);
        }
        if (shift is null) return normal;
        using (normal) return normal.add(shift);
    }
}
