using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Another policy's orders in whole units, half away from zero. For one store only: whole shares of a warehouse could be more than it has. No gradient.</summary>
/// <param name="inner">Decides.</param>
internal sealed class RoundedOrders(IOrderPolicy inner) : IOrderPolicy
{
    /// <inheritdoc/>
    public Parameters Parameters => inner.Parameters;

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var orders = new float[frame.Count];
        inner.Orders(frame).CopyTo(orders);
        foreach (ref var order in orders.AsSpan()) order = MathF.Round(order, MidpointRounding.AwayFromZero);
        return Tensor.From(orders, frame.Count, 1);
    }
}
