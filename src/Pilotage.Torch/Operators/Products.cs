using Pilotage.Tensors;
using static TorchSharp.torch;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Matrix products and the linear layer.</summary>
internal static class Products
{
    public static Native Linear(Native x, Native weight, Native? bias, Activation activation, in Shape shape)
    {
        if (weight.dim() == 3) return SideBySide(x, weight, bias, activation);
        var isMatrix = shape.Rank == 2;
        using var rows = isMatrix ? null : x.reshape(shape.Outer(-1), weight.size(0));
        var sums = bias is null ? (rows ?? x).mm(weight) : addmm(bias, rows ?? x, weight, beta: 1, alpha: 1);
        if (activation != Activation.None)
        {
            using var before = sums;
            sums = Elementwise.Activate(activation, before);
        }
        if (isMatrix) return sums;
        using (sums) return sums.reshape(HostCopy.Extents(shape));
    }

    /// <summary>Several layers at once: weight [members, in, out], bias [members, 1, out], x [rows, in] or [members, rows, in].</summary>
    private static Native SideBySide(Native x, Native weight, Native? bias, Activation activation)
    {
        var sums = x.matmul(weight);
        if (bias is not null)
        {
            using var products = sums;
            sums = products.add(bias);
        }
        if (activation == Activation.None) return sums;
        using (sums) return Elementwise.Activate(activation, sums);
    }

    public static Native MatMul(Native left, Native right, bool transposeLeft, bool transposeRight)
    {
        using var turnedLeft = transposeLeft ? left.transpose(-2, -1) : null;
        using var turnedRight = transposeRight ? right.transpose(-2, -1) : null;
        return (turnedLeft ?? left).matmul(turnedRight ?? right);
    }
}
