using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Logarithms of running sums of exponentials along an axis.</summary>
internal sealed class CumulativeLogSumExp : TorchOperator
{
    public override Native Apply(in TorchCall call) => call.Input(0).logcumsumexp(call.Settings.First);
}
