using TorchSharp;
using static TorchSharp.torch;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Logarithms of running sums of exponentials along an axis.</summary>
/// <remarks>
/// In float64 on the way: libtorch finds the gradient as the exponential of a difference of logarithms, which in float32 loses the digits that the size of the
/// elements takes. Negative infinities, of which it makes NaN, travel as a number that is as good as one.
/// </remarks>
internal sealed class CumulativeLogSumExp : TorchOperator
{
    private const double Nothing = -1e300;

    public override Native Apply(in TorchCall call)
    {
        var x = call.Input(0);
        using var lowest = Nothing.ToScalar();
        using var border = (Nothing / 2).ToScalar();
        using var none = double.NegativeInfinity.ToScalar();
        using var wide = x.to(ScalarType.Float64);
        using var finite = wide.clamp_min(lowest);
        using var sums = finite.logcumsumexp(call.Settings.First);
        using var empty = sums.lt(border);
        using var result = sums.masked_fill(empty, none);
        return result.to(x.dtype);
    }
}
