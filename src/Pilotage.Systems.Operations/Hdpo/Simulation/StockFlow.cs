using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The dynamics of a network on tensors: one period, differentiable in the state and the orders. A handle of the open step.</summary>
/// <remarks>
/// Order of events: orders are decided; demand comes and warehouses ship; costs are counted on what is left; deliveries arrive. State [B, K, W]: on hand, then what arrives in 1, 2, …
/// periods. An order with lead time L is on hand L periods later, so it can first meet the demand of period t + L.
/// </remarks>
internal readonly ref struct StockFlow
{
    private readonly InventoryNetwork _network;
    private readonly Tensor _holding, _penalty;          // h and h + p, [K] or [B, K]
    private readonly Tensor _arrival;                    // where orders enter the state: [K, W] or [B, K, W] by location, else [E, K W]
    private readonly Tensor _outflow;                    // [E, K], routes to the location that ships; none without warehouses
    private readonly Tensor _routeCosts;                 // [E]

    /// <summary>Puts the constants of a batch into the open step.</summary>
    /// <param name="batch">Gives the network and each scenario's terms.</param>
    public StockFlow(ScenarioBatch batch)
    {
        _network = batch.Network;
        var (count, width, routes) = (_network.Count, _network.Width, _network.Routes.Count);
        var own = batch.Terms is not null;
        _holding = own ? Tensor.From(batch.Holding, batch.Count, 1) : Tensor.From(_network.HoldingCosts, count);
        _penalty = own ? Tensor.From(batch.Penalty, batch.Count, 1) : Tensor.From(_network.Penalties, count);
        _arrival = own ? Tensor.From(batch.Arrivals, batch.Count, 1, width)
            : _network.FollowsRoutes ? Tensor.From(_network.Arrivals, count, width) : Tensor.From(_network.Arrivals, routes, count * width);
        if (_network.InternalCount > 0) _outflow = Tensor.From(_network.Origins, routes, count);
        if (_network.HasRouteCosts) _routeCosts = Tensor.From(_network.RouteCosts, routes);
    }

    /// <summary>One period.</summary>
    /// <param name="state">[B, K, W].</param>
    /// <param name="orders">[B, E], at least 0; what leaves a warehouse is at most what it has on hand.</param>
    /// <param name="demand">[B, S].</param>
    /// <returns>The next state; the cost of each location, route costs spread over them, [B, K]; what is left before lost demand is forgotten, [B, K].</returns>
    public Period Advance(Tensor state, Tensor orders, Tensor demand)
    {
        var (batch, count, width) = (state.Shape[0], _network.Count, _network.Width);
        var leaving = _network.StoreCount == count ? demand : demand.Pad(1, 0, count - _network.StoreCount);
        if (_network.InternalCount > 0) leaving += orders.MatMul(_outflow);
        var left = state.Slice(2, 0, 1).Reshape(batch, count) - leaving;                                     // y
        var missing = (-left).Relu();
        var cost = left * _holding + missing * _penalty;                                                     // h max(y, 0) + p max(-y, 0)
        if (_network.HasRouteCosts) cost += (orders * _routeCosts).Sum(1).Reshape(batch, 1) * (1f / count);
        var kept = _network.IsLost ? left + missing : left;                                                  // max(y, 0): no more can be sold than there is
        var arriving = _network.FollowsRoutes ? orders.Reshape(batch, count, 1) * _arrival : orders.MatMul(_arrival).Reshape(batch, count, width);
        var first = kept.Reshape(batch, count, 1) + state.Slice(2, 1, 1);
        var last = Tensor.Filled(0, batch, count, 1);
        var next = (width == 2 ? Tensor.Concat(2, first, last) : Tensor.Concat(2, first, state.Slice(2, 2, width - 2), last)) + arriving;
        return new(next, cost, left);
    }

    /// <summary>What a period led to.</summary>
    /// <param name="next">State before the next period, [B, K, W].</param>
    /// <param name="cost">[B, K].</param>
    /// <param name="left">y: on hand after demand and shipments, below 0 where demand was not met, [B, K].</param>
    internal readonly ref struct Period(Tensor next, Tensor cost, Tensor left)
    {
        public Tensor Next { get; } = next;

        public Tensor Cost { get; } = cost;

        public Tensor Left { get; } = left;
    }
}
