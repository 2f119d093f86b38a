using Pilotage.Tensors;
using Pilotage.Tensors.Kernels;
using static TorchSharp.torch;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Sums into places along an axis.</summary>
internal sealed class ScatterAdd : TorchOperator
{
    public override Native Apply(in TorchCall call)
    {
        var axis = call.Settings.First;
        if (call.FirstOutside(1, call.Shape[axis]) is { } wrong) throw Picks.Outside(Operator.ScatterAdd, wrong.Index, wrong.Place, axis, call.Shape);
        using var nothing = zeros(HostCopy.Extents(call.Shape), call.Device.Type, call.Device.Place);
        return nothing.scatter_add(axis, call.Input(1), call.Input(0));
    }
}
