using static TorchSharp.torch.nn;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Two-dimensional convolution with the channels last, which libtorch takes as another order of strides.</summary>
internal sealed class Convolution : TorchOperator
{
    public override Native Apply(in TorchCall call)
    {
        var (stride, padding, groups) = (call.Settings.First, call.Settings.Second, call.Settings.Third);
        using var images = call.Input(0).permute(0, 3, 1, 2);
        using var turned = call.Input(1).permute(3, 2, 0, 1);
        using var windows = turned.contiguous();                                          // some of its kernels write their gradient to no other layout
        using var result = functional.conv2d(images, windows, call.Optional(2), [stride, stride], [padding, padding], [1, 1], groups);
        return result.permute(0, 2, 3, 1);
    }
}
