using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Knows the future and orders exactly what will be wanted when the order arrives. Nobody can do so: it bounds what any policy can earn.</summary>
internal sealed class JustInTime : IOrderPolicy
{
    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var (count, width) = (frame.Count, frame.Network.Width);
        var (orders, state) = (new float[count], new float[count * width]);
        frame.State.CopyTo(state);
        var future = frame.Batch.Future(frame.Period, width + 1);
        for (var i = 0; i < count; i++)
        {
            var lead = frame.Batch.Terms is { } terms ? terms.LeadTimes[frame.Batch.Chosen[i]] : frame.Network.Routes[0].LeadTime;
            // What will be left when the order arrives: sales that find no stock are lost.
            var stock = 0f;
            for (var t = 0; t < lead; t++) stock = Math.Max(0, stock + state[i * width + t] - future[i * (width + 1) + t]);
            orders[i] = Math.Max(0, future[i * (width + 1) + lead] - stock);
        }
        return Tensor.From(orders, count, 1);
    }
}
