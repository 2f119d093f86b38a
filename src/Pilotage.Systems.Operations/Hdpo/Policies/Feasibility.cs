using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Makes wanted orders feasible: what leaves a warehouse is what it has.</summary>
internal static class Feasibility
{
    private const float Small = 1e-6f;

    /// <summary>Scales what is wanted of a warehouse by min(1, on hand / wanted); where warehouses keep nothing, by on hand / wanted.</summary>
    /// <param name="wanted">[B, E], at least 0, in the order of the network's routes.</param>
    /// <param name="frame">Gives stock and network.</param>
    /// <param name="kept">What a warehouse would rather keep, at least 0, [B, K]; it takes part in the division. Default for none.</param>
    /// <returns>[B, E]; orders from the supplier as they were.</returns>
    public static Tensor Proportional(Tensor wanted, in InventoryFrame frame, Tensor? kept = null)
    {
        var network = frame.Network;
        if (network.InternalCount == 0) return wanted;
        var (batch, count, routes) = (frame.Count, network.Count, network.Routes.Count);
        var ends = Tensor.From(network.Origins, routes, count);              // [E, K]
        var total = wanted.MatMul(ends);
        if (kept is { } own) total += own;
        var share = frame.OnHand.Relu() / (total + Small);
        if (!network.IsTransshipment) share = share.Clamp(0, 1);
        var external = Tensor.From(network.Externals, routes);
        return wanted * (share.MatMulTransposed(ends) + external);
    }

    /// <summary>Divides each warehouse's stock by softmax over its routes' scores and, unless it keeps nothing, a constant score of 1 for what stays.</summary>
    /// <param name="scores">[B, internal routes].</param>
    /// <param name="frame">Gives stock and network.</param>
    /// <returns>[B, internal routes].</returns>
    public static Tensor Softmax(Tensor scores, in InventoryFrame frame)
    {
        var network = frame.Network;
        var onHand = frame.OnHand.Relu();
        Tensor? all = null;
        for (var k = network.StoreCount; k < network.Count; k++)
        {
            var (start, length) = network.RoutesFrom(k);
            var own = scores.Slice(1, start, length);
            var shares = network.IsTransshipment ? own.Softmax() : own.Pad(1, 0, 1, 1).Softmax().Slice(1, 0, length);
            var shipped = shares * onHand.Slice(1, k, 1);
            all = all is { } before ? Tensor.Concat(1, before, shipped) : shipped;
        }
        return all!.Value;
    }
}
