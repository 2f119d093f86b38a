using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A graph network over locations and routes: the same small perceptrons at every location and on every route, so that what is learned at one store serves all.</summary>
/// <remarks>
/// Edges: routes between locations; the supplier to each location that it ships to; each store to its customers; each warehouse to itself (what it keeps), unless it keeps nothing. Supplier
/// and customers are nodes of zeros. h = MLP(features), e = MLP([h_from, h_to, lead time]), then M rounds of h += MLP([h, in, out]), e += MLP([e, h_from, h_to]) with in, out the sums of edges
/// over the square root of their number. Wanted orders: softplus(MLP(e)) times a fifth of
/// the route's mean flow, with an output bias of 5; then <see cref="Feasibility.Proportional"/>.
/// Tensors are node-major, [K, B, …]: choosing an edge's ends and summing a node's edges are then products with a constant matrix.
/// </remarks>
internal sealed class GraphNetwork : IOrderPolicy
{
    private const float OutputBias = 5;                  // far in softplus' straight part, so that orders begin alive
    private const float LeadScale = 0.1f;
    private readonly Perceptron _node, _edge, _nodeUpdate, _edgeUpdate, _output;
    private readonly LocationFeatures _features;
    private readonly float[] _from, _to, _incoming, _outgoing, _leads, _flows;
    private readonly int[] _keepers;                     // the locations that keep stock, in the order of their self-loops
    private readonly int _nodes, _edges, _routes, _rounds, _width;
    private readonly float[] _keeps;                     // [self-loops, K]

    /// <param name="network">Any.</param>
    /// <param name="process">Demand.</param>
    /// <param name="width">Of all layers; 32 in the paper.</param>
    /// <param name="rounds">M, at least 1; the number of echelons in a chain.</param>
    /// <param name="seeds">Fills the weights.</param>
    public GraphNetwork(InventoryNetwork network, DemandProcess process, int width, int rounds, SeedTree seeds)
    {
        _features = new(network, process);
        (_nodes, _routes, _rounds, _width) = (network.Count, network.Routes.Count, rounds, width);
        _keepers = network.IsTransshipment ? [] : [.. Enumerable.Range(network.StoreCount, network.Count - network.StoreCount)];
        List<(int From, int To, int Lead)> edges =
        [
            .. network.Routes.Select(route => (route.From, route.To, route.LeadTime)),
            .. _keepers.Select(k => (k, k, 0)),
            .. Enumerable.Range(0, network.StoreCount).Select(store => (store, Route.Supplier, 0)),           // customers are a node of zeros, as the supplier is
        ];
        _edges = edges.Count;
        (_from, _to) = (new float[_edges * _nodes], new float[_edges * _nodes]);
        (_incoming, _outgoing, _leads) = (new float[_nodes * _edges], new float[_nodes * _edges], new float[_edges]);
        for (var e = 0; e < _edges; e++)
        {
            var (from, to, lead) = edges[e];
            _leads[e] = lead * LeadScale;
            if (from >= 0) (_from[e * _nodes + from], _outgoing[from * _edges + e]) = (1, 1 / MathF.Sqrt(edges.Count(edge => edge.From == from)));
            if (to >= 0) (_to[e * _nodes + to], _incoming[to * _edges + e]) = (1, 1 / MathF.Sqrt(edges.Count(edge => edge.To == to)));
        }
        var means = Enumerable.Range(0, process.StoreCount).Select(process.Mean).ToArray();
        var flows = network.MeanFlows(means);
        _flows = [.. flows, .. _keepers.Select(k => network.Routes.Zip(flows).Where(pair => pair.First.To == k).Sum(pair => pair.Second))];
        for (var e = 0; e < _flows.Length; e++) _flows[e] /= OutputBias;
        _keeps = new float[_keepers.Length * _nodes];
        for (var i = 0; i < _keepers.Length; i++) _keeps[i * _nodes + _keepers[i]] = 1;

        var random = seeds.Initialisation.Start();
        _node = new(Parameters, "node", _features.Size, [width, width], width, ref random);
        _edge = new(Parameters, "edge", 2 * width + 1, [width, width], width, ref random);
        _nodeUpdate = new(Parameters, "node-update", 3 * width, [width, width], width, ref random);
        _edgeUpdate = new(Parameters, "edge-update", 3 * width, [width, width], width, ref random);
        _output = new(Parameters, "output", width, [width, width], 1, ref random, OutputBias);
    }

    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var batch = frame.Count;
        var (from, to) = (Tensor.From(_from, _edges, _nodes), Tensor.From(_to, _edges, _nodes));
        var (incoming, outgoing) = (Tensor.From(_incoming, _nodes, _edges), Tensor.From(_outgoing, _nodes, _edges));
        var leads = Tensor.From(_leads, _edges, 1, 1).Expand(_edges, batch, 1);
        var node = _node.Forward(_features.Of(frame));                                                       // h, [K, B, width]
        var edge = _edge.Forward(Tensor.Concat(2, Pick(from, node, batch), Pick(to, node, batch), leads));   // e, [edges, B, width]
        for (var round = 0; round < _rounds; round++)
        {
            node += _nodeUpdate.Forward(Tensor.Concat(2, node, Pick(incoming, edge, batch), Pick(outgoing, edge, batch)));
            edge += _edgeUpdate.Forward(Tensor.Concat(2, edge, Pick(from, node, batch), Pick(to, node, batch)));
        }
        var orders = _routes + _keepers.Length;
        var wanted = _output.Forward(edge.Slice(0, 0, orders)).Softplus().Reshape(orders, batch).Transpose() * Tensor.From(_flows, orders);
        if (_keepers.Length == 0) return Feasibility.Proportional(wanted, frame);
        var kept = wanted.Slice(1, _routes, _keepers.Length).MatMul(Tensor.From(_keeps, _keepers.Length, _nodes));
        return Feasibility.Proportional(wanted.Slice(1, 0, _routes), frame, kept);
    }

    // Rows of nodes or edges, chosen or summed by a matrix: [rows, n] x [n, B width].
    private Tensor Pick(Tensor matrix, Tensor values, int batch) =>
        matrix.MatMul(values.Reshape(values.Shape[0], batch * _width)).Reshape(matrix.Shape[0], batch, _width);
}
