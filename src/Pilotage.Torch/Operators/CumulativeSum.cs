using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Running sums along an axis.</summary>
internal sealed class CumulativeSum : TorchOperator
{
    public override Native Apply(in TorchCall call) => call.Input(0).cumsum(call.Settings.First);
}
