using System.Numerics;
using Pilotage.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Reductions over a set of axes.</summary>
internal static class Reductions
{
    public static Native Apply(Reduction reduction, Native x, in Shape source, uint axes, in Shape shape)
    {
        using var reduced = reduction switch
        {
            Reduction.Sum => x.sum(Axes(source, axes, chosen: true)),
            Reduction.Mean => x.mean(Axes(source, axes, chosen: true)),
            Reduction.Maximum or Reduction.LogSumExp => AlongOneAxis(reduction, x, source, axes),
            _ => throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "Not a reduction of the Torch backend."),
        };
        return reduced.reshape(HostCopy.Extents(shape));
    }

    /// <summary>libtorch has these over one axis: the others are moved beside it. That keeps the order of elements, and so which of equal ones is first.</summary>
    private static Native AlongOneAxis(Reduction reduction, Native x, in Shape source, uint axes)
    {
        var (kept, gone) = (Axes(source, axes, chosen: false), Axes(source, axes, chosen: true));
        long[] extents = [1, 1];
        var places = source;
        foreach (var axis in kept) extents[0] *= places[(int)axis];
        foreach (var axis in gone) extents[1] *= places[(int)axis];
        if (extents[1] == 0)
        {
            using var lowest = float.NegativeInfinity.ToScalar();
            return full(extents[0], lowest, x.dtype, x.device);
        }
        using var moved = x.permute([.. kept, .. gone]);
        using var rows = moved.reshape(extents);
        if (reduction == Reduction.LogSumExp) return LogSumExp(rows);
        var (largest, where) = rows.max(1);
        where.Dispose();
        return largest;
    }

    /// <summary>A row of negative infinities gives one, without a gradient; libtorch's would be NaN.</summary>
    private static Native LogSumExp(Native rows)
    {
        using var none = float.NegativeInfinity.ToScalar();
        using var zero = 0f.ToScalar();
        using var absent = rows.eq(none);
        using var empty = absent.all(1);
        using var wholeRows = empty.unsqueeze(1);
        using var present = rows.masked_fill(wholeRows, zero);
        using var sums = present.logsumexp(1);
        return sums.masked_fill(empty, none);
    }

    private static long[] Axes(in Shape source, uint axes, bool chosen)
    {
        var count = BitOperations.PopCount(axes);
        var list = new long[chosen ? count : source.Rank - count];
        for (var (axis, next) = (0, 0); axis < source.Rank; axis++)
            if ((axes >> axis & 1) != 0 == chosen) list[next++] = axis;
        return list;
    }
}
