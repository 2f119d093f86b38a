using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Orders what the dynamic programme found best. No gradient.</summary>
/// <param name="optimum">The solved store.</param>
internal sealed class LostSalesPolicy(LostSalesOptimum optimum) : IOrderPolicy
{
    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var width = frame.Network.Width;
        var (state, orders) = (new float[frame.Count * width], new float[frame.Count]);
        frame.State.CopyTo(state);
        for (var i = 0; i < orders.Length; i++) orders[i] = optimum.Order(state.AsSpan(i * width, width));
        return Tensor.From(orders, frame.Count, 1);
    }
}
