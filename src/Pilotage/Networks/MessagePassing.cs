using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>One round of messages on padded graphs: each node hears its neighbours and changes what it holds.</summary>
/// <remarks>
/// Gilmer et al., arXiv:1704.01212, eq. 1 and 2, with one layer each: m_i = aggregate over neighbours j of f(x_i A + x_j B + e_ij C + b), y_i = f(x_i S + m_i M + c).
/// Numbering the nodes otherwise numbers the results otherwise and changes nothing else; padding never reaches a node that is there.
/// </remarks>
public sealed class MessagePassing
{
    private readonly Linear _listener;
    private readonly Linear _speaker;
    private readonly Linear? _edge;
    private readonly Linear _self;
    private readonly Linear _message;
    private readonly string _name;
    private readonly int _inputs;
    private readonly int _messageWidth;
    private readonly int _edgeInputs;
    private readonly Activation _activation;
    private readonly Aggregation _aggregation;

    /// <summary>Adds the parameters: orthogonal weights with gain sqrt(2), as in <see cref="Mlp"/>, and zero biases.</summary>
    /// <param name="parameters">Receives <c>name.listener</c> (A, b), <c>name.speaker</c> (B), <c>name.edge</c> (C, with edge features), <c>name.self</c> (S, c), <c>name.message</c> (M): <c>.weight</c> [in, out] of each and <c>.bias</c> [out] of b and c.</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="inputs">Numbers per node, at least 1.</param>
    /// <param name="messageWidth">Numbers per message, at least 1.</param>
    /// <param name="outputs">Numbers per node afterwards, at least 1.</param>
    /// <param name="activation">f.</param>
    /// <param name="aggregation">How messages become one.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="edgeInputs">Numbers per edge; 0 for none.</param>
    public MessagePassing(
        Parameters parameters, string name, int inputs, int messageWidth, int outputs, Activation activation, Aggregation aggregation, ref Randomness random, int edgeInputs = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(edgeInputs);
        (_name, _inputs, _messageWidth, _edgeInputs, _activation, _aggregation) = (name, inputs, messageWidth, edgeInputs, activation, aggregation);
        var gain = new Initializer.Orthogonal(Math.Sqrt(2));
        _listener = new(parameters, $"{name}.listener", inputs, messageWidth, ref random, gain);
        _speaker = new(parameters, $"{name}.speaker", inputs, messageWidth, ref random, gain, hasBias: false);
        if (edgeInputs > 0) _edge = new(parameters, $"{name}.edge", edgeInputs, messageWidth, ref random, gain, hasBias: false);
        _self = new(parameters, $"{name}.self", inputs, outputs, ref random, gain);
        _message = new(parameters, $"{name}.message", messageWidth, outputs, ref random, gain, hasBias: false);
    }

    /// <summary>Passes messages once.</summary>
    /// <param name="x">[graphs, nodes, inputs]; finite in the padding too.</param>
    /// <param name="graphs">Who hears whom.</param>
    /// <param name="edges">[graphs, nodes, degree, edgeInputs]: of the edge in each of a node's places for neighbours; default where the network has none. Finite in the padding too.</param>
    /// <returns>[graphs, nodes, outputs]; zeros in the padding.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor x, in PaddedGraphs graphs, Tensor edges = default)
    {
        var wantedEdges = new Shape(graphs.Count, graphs.Nodes, graphs.Degree, _edgeInputs);
        if (x.Shape != new Shape(graphs.Count, graphs.Nodes, _inputs) || graphs.Width != _messageWidth || edges.IsNone != (_edge is null) || (!edges.IsNone && edges.Shape != wantedEdges))
            throw new ArgumentException($"MessagePassing {_name}: nodes {x.Shape}, graphs of message width {graphs.Width}, edges {(edges.IsNone ? "none" : edges.Shape.ToString())} do not fit; wanted [{graphs.Count}, {graphs.Nodes}, {_inputs}], {_messageWidth}, {(_edge is null ? "none" : wantedEdges.ToString())}.", nameof(x));
        // Linear before the gather: each node's share of a message is computed once, not once for each listener.
        var heard = graphs.Hear(_speaker.Forward(x)) + _listener.Forward(x).Reshape(graphs.Count, graphs.Nodes, 1, _messageWidth);
        if (_edge is not null) heard += _edge.Forward(edges);
        var messages = graphs.Collect(heard.Activate(_activation), _aggregation);
        return graphs.Blank((_self.Forward(x) + _message.Forward(messages)).Activate(_activation));
    }
}
