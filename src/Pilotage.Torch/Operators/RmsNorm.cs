using TorchSharp;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Root-mean-square normalisation over the last axis.</summary>
internal sealed class RmsNorm : TorchOperator
{
    public override Native Apply(in TorchCall call)
    {
        var x = call.Input(0);
        using var epsilon = call.Settings.Number.ToScalar();
        using var squares = x.square();
        using var mean = squares.mean([-1L], keepdim: true);
        using var shifted = mean.add(epsilon);
        using var scale = shifted.rsqrt();
        var normal = x.mul(scale);
        if (call.Optional(1) is not { } gain) return normal;
        using (normal) return normal.mul(gain);
    }
}
