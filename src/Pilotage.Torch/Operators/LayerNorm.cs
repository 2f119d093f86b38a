using static TorchSharp.torch.nn;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Layer normalisation over the last axis.</summary>
internal sealed class LayerNorm : TorchOperator
{
    public override Native Apply(in TorchCall call) =>
        functional.layer_norm(call.Input(0), [call.Shape[-1]], call.Optional(1), call.Optional(2), call.Settings.Number);
}
