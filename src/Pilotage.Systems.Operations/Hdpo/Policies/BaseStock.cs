using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Orders up to a level: max(S - position, 0) at each location, at most a cap, divided in proportion where a warehouse has too little.</summary>
/// <remarks>
/// The rule of most inventory systems in use. A local position is what a location has and what is on the way to it; an echelon position counts all locations that it supplies as well,
/// which is optimal for chains with backlog (Clark and Scarf, 1960). With several routes into a location each carries an equal part.
/// </remarks>
internal sealed class BaseStock : IOrderPolicy
{
    private readonly Parameter _levels;
    private readonly Parameter? _caps;
    private readonly float _scale;
    private readonly float[] _receivers;                 // [K, E], each location's order over its routes
    private readonly float[] _below;                     // [K, K], 1 where the column's location supplies the row's, or is it; empty for local positions

    /// <param name="network">Any.</param>
    /// <param name="levels">First S of each location.</param>
    /// <param name="scale">The size of a period's demand; levels are trained in this unit, so that one step size fits all problems.</param>
    /// <param name="caps">First cap of each location; <see langword="null"/> for none.</param>
    /// <param name="isEchelon">Whether a position counts what the location supplies.</param>
    public BaseStock(InventoryNetwork network, IReadOnlyList<double> levels, double scale, IReadOnlyList<double>? caps = null, bool isEchelon = false)
    {
        var unused = new Randomness(0);
        _scale = (float)scale;
        _levels = Add("level", levels, ref unused);
        if (caps is not null) _caps = Add("cap", caps, ref unused);
        _receivers = new float[network.Ends.Length];
        for (var e = 0; e < network.Routes.Count; e++)
            for (var k = 0; k < network.Count; k++) _receivers[k * network.Routes.Count + e] = network.Ends[e * network.Count + k] / network.Routes.Count(route => route.To == k);
        _below = isEchelon ? network.Below() : [];
    }

    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <summary>S of each location.</summary>
    public IReadOnlyList<double> Levels => [.. _levels.Values.ToArray().Select(value => (double)value * _scale)];

    /// <summary>The cap of each location; empty without.</summary>
    public IReadOnlyList<double> Caps => _caps is null ? [] : [.. _caps.Values.ToArray().Select(value => (double)value * _scale)];

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var (count, routes) = (frame.Network.Count, frame.Network.Routes.Count);
        var position = _below.Length == 0 ? frame.Position : frame.Position.MatMul(Tensor.From(_below, count, count));
        var wanted = (Tensor.Of(_levels) * _scale - position).Relu();                                        // [B, K]
        if (_caps is not null) wanted = Tensor.Minimum(wanted, Tensor.Of(_caps).Relu() * _scale);
        if (!frame.Network.FollowsRoutes) wanted = wanted.MatMul(Tensor.From(_receivers, count, routes));
        return Feasibility.Proportional(wanted, frame);
    }

    private Parameter Add(string name, IReadOnlyList<double> values, ref Randomness random)
    {
        var parameter = Parameters.Add(name, new(values.Count), new Initializer.Constant(0), ref random);
        for (var k = 0; k < values.Count; k++) parameter.Values[k] = (float)(values[k] / _scale);
        return parameter;
    }
}
