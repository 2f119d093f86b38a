using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Repeats extents of 1 and missing leading axes, without copying.</summary>
internal sealed class Expand : TorchOperator
{
    public override Native Apply(in TorchCall call) => call.Input(0).expand(HostCopy.Extents(call.Shape));
}
