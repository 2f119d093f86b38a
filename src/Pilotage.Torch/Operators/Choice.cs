using Pilotage.Tensors;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Picking along an axis, and orders to pick by.</summary>
internal static class Choice
{
    public static Native Gather(Native x, Native indices, int axis, bool vanishes)
    {
        if (!vanishes) return x.gather(axis, indices);
        using var wide = indices.unsqueeze(axis);
        using var picked = x.gather(axis, wide);
        return picked.squeeze(axis);
    }

    public static Native Order(Native x, bool descending, int count, in Shape shape)
    {
        using var values = x.detach();
        var (sorted, places) = values.sort(-1, descending, stable: true);
        sorted.Dispose();
        using (places)
        {
            using var first = places.narrow(-1, 0, count);
            return first.reshape(HostCopy.Extents(shape));
        }
    }
}
