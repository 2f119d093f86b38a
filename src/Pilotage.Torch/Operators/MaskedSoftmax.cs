using TorchSharp;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Softmax and its logarithm over the last axis, legal elements alone.</summary>
internal static class MaskedSoftmax
{
    public static Native Apply(Native x, Native? legal, bool logarithm)
    {
        if (x.dim() == 0) return OfScalar(x, legal, logarithm);
        if (legal is null) return logarithm ? x.log_softmax(-1) : x.softmax(-1);
        using var illegal = legal.logical_not();
        using var never = float.NegativeInfinity.ToScalar();
        // An illegal element may be anything, infinite too: it is replaced before it meets arithmetic, and no gradient reaches it.
        using var reachable = x.masked_fill(illegal, never);
        if (!logarithm) return reachable.softmax(-1);
        using var logs = reachable.log_softmax(-1);
        using var smallest = float.MinValue.ToScalar();
        return logs.masked_fill(illegal, smallest);
    }

    private static Native OfScalar(Native x, Native? legal, bool logarithm)
    {
        using var row = x.reshape(1);
        using var legalRow = legal?.reshape(1);
        using var result = Apply(row, legalRow, logarithm);
        return result.reshape([]);
    }
}
