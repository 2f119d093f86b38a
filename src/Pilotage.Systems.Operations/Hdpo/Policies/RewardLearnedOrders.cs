using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A policy learned on <see cref="StoreRows"/> as one that orders, without noise. No gradient.</summary>
internal sealed class RewardLearnedOrders : IOrderPolicy
{
    private readonly IPolicy _policy;
    private readonly float _scale;
    private readonly ActionSpace _actions;

    /// <param name="policy">Acts on frames of the rows.</param>
    /// <param name="rows">Where it learned.</param>
    /// <param name="meanDemand">Of a period.</param>
    public RewardLearnedOrders(IPolicy policy, StoreRows rows, double meanDemand) => (_policy, _actions, _scale) = (policy, rows.Spec.Actions, (float)meanDemand);

    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var state = new float[frame.Count * frame.Network.Width];
        frame.State.CopyTo(state);
        foreach (ref var value in state.AsSpan()) value /= _scale;
        var actions = new ActionBatch(_actions, frame.Count);
        var unused = new Randomness(0);
        _policy.Act(new FrameBatch(frame.Count, state), _policy.CreateMemory(frame.Count), ref unused, actions);
        var orders = actions.Values.ToArray();
        foreach (ref var order in orders.AsSpan()) order = Math.Clamp(order, 0, StoreRows.MostOrdered) * _scale;
        return Tensor.From(orders, frame.Count, 1);
    }
}
