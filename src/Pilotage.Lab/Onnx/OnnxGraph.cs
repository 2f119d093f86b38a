using System.Runtime.InteropServices;
using Pilotage.Lab.Protobuf;

namespace Pilotage.Lab.Onnx;

/// <summary>A graph of operators, built from its inputs to its outputs and then written as a model. The first axis of every input and output is the batch, of any extent.</summary>
/// <remarks>
/// Field numbers: onnx/onnx.proto3. Operators are those of version 17 of the default set, which runtimes have since 2022. The same calls give the same bytes.
/// </remarks>
internal sealed class OnnxGraph
{
    private const int IrVersion = 8;                     // the one of ONNX 1.12, which brought operator set 17
    private const int OperatorSet = 17;
    private const string Batch = "batch";
    private readonly List<MessageWriter> _nodes = [];
    private readonly List<MessageWriter> _constants = [];
    private readonly List<MessageWriter> _inputs = [];
    private readonly List<MessageWriter> _outputs = [];
    private readonly HashSet<string> _names = [];

    /// <summary>Bytes of all constants so far.</summary>
    public long ConstantBytes { get; private set; }

    /// <summary>Adds an input.</summary>
    /// <param name="name">What callers feed.</param>
    /// <param name="type">Of its elements.</param>
    /// <param name="width">Extent of the second axis.</param>
    /// <param name="description">For readers of the file.</param>
    public OnnxValue Input(string name, OnnxType type, int width, string description)
    {
        _inputs.Add(Declaration(name, type, width, description));
        return Named(name);
    }

    /// <summary>Adds an output.</summary>
    /// <param name="name">What callers fetch.</param>
    /// <param name="value">What it is.</param>
    /// <param name="type">Of its elements.</param>
    /// <param name="width">Extent of the second axis.</param>
    /// <param name="description">For readers of the file.</param>
    public void Output(string name, OnnxValue value, OnnxType type, int width, string description)
    {
        _outputs.Add(Declaration(name, type, width, description));
        Node("Identity", [value], Named(name), []);
    }

    /// <summary>Adds a constant of real numbers.</summary>
    public OnnxValue Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) => Constant(name, OnnxType.Single, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds a constant of real numbers of double width.</summary>
    public OnnxValue Constant(string name, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape) => Constant(name, OnnxType.Double, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds a constant of whole numbers.</summary>
    public OnnxValue Constant(string name, ReadOnlySpan<long> values, params ReadOnlySpan<int> shape) => Constant(name, OnnxType.Integer, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A single real number, which broadcasts.</summary>
    public OnnxValue Number(float value) => Constant("number", [value]);

    /// <summary>A row of whole numbers: starts, ends, axes, shapes.</summary>
    public OnnxValue Integers(params ReadOnlySpan<long> values) => Constant("integers", values, values.Length);

    /// <summary>Applies an operator of one result.</summary>
    /// <param name="operation">Its name in the operator set.</param>
    /// <param name="inputs">In the operator's order.</param>
    /// <param name="attributes">Those that differ from the operator's defaults.</param>
    public OnnxValue Apply(string operation, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var result = Fresh(operation.ToLowerInvariant());
        Node(operation, inputs, result, attributes);
        return result;
    }

    /// <summary>Converts elements.</summary>
    public OnnxValue Cast(OnnxValue value, OnnxType type) => Apply("Cast", [value], OnnxAttribute.Of("to", (long)type));

    /// <summary>Columns <paramref name="start"/> to <paramref name="start"/> + <paramref name="width"/> of [batch, columns].</summary>
    public OnnxValue Columns(OnnxValue value, int start, int width) => Apply("Slice", [value, Integers(start), Integers(start + width), Integers(1)]);

    /// <summary>Writes the model.</summary>
    /// <param name="stream">Receives it.</param>
    /// <param name="name">Of the graph.</param>
    /// <param name="version">Of the library that writes.</param>
    /// <param name="description">For readers of the file.</param>
    /// <param name="facts">Names and texts that travel with the model.</param>
    /// <returns>How many bytes were written.</returns>
    public long Write(Stream stream, string name, string version, string description, IEnumerable<KeyValuePair<string, string>> facts)
    {
        var graph = new MessageWriter();
        foreach (var node in _nodes) graph.Message(1, node);
        graph.Text(2, name);
        foreach (var constant in _constants) graph.Message(5, constant);
        foreach (var input in _inputs) graph.Message(11, input);
        foreach (var output in _outputs) graph.Message(12, output);

        var model = new MessageWriter().Integer(1, IrVersion).Text(2, "Pilotage").Text(3, version).Text(6, description).Message(7, graph);
        model.Message(8, new MessageWriter().Text(1, "").Integer(2, OperatorSet));
        foreach (var (key, value) in facts) model.Message(14, new MessageWriter().Text(1, key).Text(2, value));
        stream.Write(model.Written);
        return model.Written.Length;
    }

    private static MessageWriter Declaration(string name, OnnxType type, int width, string description)
    {
        var shape = new MessageWriter().Message(1, new MessageWriter().Text(2, Batch)).Message(1, new MessageWriter().Integer(1, width));
        var tensor = new MessageWriter().Integer(1, (long)type).Message(2, shape);
        return new MessageWriter().Text(1, name).Message(2, new MessageWriter().Message(1, tensor)).Text(3, description);
    }

    private OnnxValue Constant(string name, OnnxType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> shape)
    {
        var value = Fresh(name);
        var tensor = new MessageWriter();
        foreach (var extent in shape) tensor.Integer(1, extent);
        _constants.Add(tensor.Integer(2, (long)type).Text(8, value.Name).Bytes(9, bytes));
        ConstantBytes += bytes.Length;
        return value;
    }

    private void Node(string operation, ReadOnlySpan<OnnxValue> inputs, OnnxValue result, ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new MessageWriter();
        foreach (var input in inputs) node.Text(1, input.Name);
        node.Text(2, result.Name).Text(3, result.Name).Text(4, operation);
        foreach (var attribute in attributes) node.Message(5, attribute.Message);
        _nodes.Add(node);
    }

    private OnnxValue Named(string name) => _names.Add(name) ? new(name) : throw new ArgumentException($"The graph has a value {name} already.", nameof(name));

    /// <summary>A name that nothing has: the given one, or with the first number that makes it so.</summary>
    private OnnxValue Fresh(string name)
    {
        if (_names.Add(name)) return new(name);
        for (var i = _names.Count; ; i++) if (_names.Add($"{name}_{i}")) return new($"{name}_{i}");
    }
}
