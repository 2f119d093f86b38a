using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Lab.Onnx;

/// <summary>The library's networks as operators of a graph; each method computes what the class of its name computes. A weight becomes a constant when a network asks for it.</summary>
/// <param name="graph">Receives operators and constants.</param>
/// <param name="weights">Of the policy, by name.</param>
internal sealed class OnnxNetworks(OnnxGraph graph, IReadOnlyDictionary<string, WeightBlock> weights)
{
    private const float LayerEpsilon = 1e-5f;            // those of NormalizationFunctions
    private const float RootMeanSquareEpsilon = 1e-6f;
    private const float Steepness = 1.5f;                // of RectifiedSineNetwork

    /// <summary><see cref="Mlp"/>: as many layers as there are weights of its name.</summary>
    public OnnxValue Perceptron(string name, OnnxValue x, Activation activation, Activation outputActivation = Activation.None, Normalization normalization = Normalization.None) =>
        Activate(Linear($"{name}.{LastOf(name)}", Hidden(name, x, activation, normalization)), outputActivation);

    /// <summary><see cref="Perceptron"/> over the environment's observation: of candidates each is scored, and their scores stand beside each other.</summary>
    public OnnxValue OfActions(
        string name, OnnxValue observation, CandidateLayout? layout, Activation activation, Activation outputActivation = Activation.None, Normalization normalization = Normalization.None)
    {
        if (layout is null) return Perceptron(name, observation, activation, outputActivation, normalization);
        var scores = Perceptron(name, Candidates(observation, layout), activation, outputActivation, normalization);
        return graph.Apply("Reshape", [scores, graph.Integers(-1, layout.Count * WidthOf(name, LastOf(name)))]);
    }

    /// <summary>A number for the state: the mean of the candidates' hidden layers is judged.</summary>
    public OnnxValue OfState(string name, OnnxValue observation, CandidateLayout layout, Activation activation)
    {
        var last = LastOf(name);
        var width = last == 0 ? layout.Features + layout.Context : WidthOf(name, last - 1);
        var each = graph.Apply("Reshape", [Hidden(name, Candidates(observation, layout), activation, Normalization.None), graph.Integers(-1, layout.Count, width)]);
        return Linear($"{name}.{last}", graph.Apply("ReduceMean", [each], OnnxAttribute.OfList("axes", 1), OnnxAttribute.Of("keepdims", 0)));
    }

    /// <summary>One step of <see cref="GatedRecurrentUnit"/>.</summary>
    /// <returns>The new state.</returns>
    public OnnxValue Recur(string name, OnnxValue x, OnnxValue state, int units)
    {
        var (fromInput, fromState) = (Linear($"{name}.input", x), Linear($"{name}.state", state));
        var reset = graph.Apply("Sigmoid", [graph.Apply("Add", [Part(fromInput, 0), Part(fromState, 0)])]);
        var update = graph.Apply("Sigmoid", [graph.Apply("Add", [Part(fromInput, 1), Part(fromState, 1)])]);
        var candidate = graph.Apply("Tanh", [graph.Apply("Add", [Part(fromInput, 2), graph.Apply("Mul", [reset, Part(fromState, 2)])])]);
        // (1 - z) n + z h
        return graph.Apply("Add", [graph.Apply("Mul", [graph.Apply("Sub", [graph.Number(1), update]), candidate]), graph.Apply("Mul", [update, state])]);

        OnnxValue Part(OnnxValue gates, int gate) => graph.Columns(gates, gate * units, units);
    }

    /// <summary><see cref="RectifiedSineNetwork"/> of one member.</summary>
    public OnnxValue RectifiedSine(string name, OnnxValue x)
    {
        x = Normalize($"{name}.norm", Linear($"{name}.0", x), Normalization.Layer);
        x = Linear($"{name}.1", x);
        // s = sigmoid(p) with the library's own bits: the sine magnifies a rounding error of 1 / s by its argument.
        var wave = weights[$"{name}.wave"];
        var (size, inverse) = (new float[wave.Values.Length], new float[wave.Values.Length]);
        using (Step.Begin(Device.Managed, Gradient.None))
        {
            var s = Tensor.From(wave.Values.Span, 1, size.Length).Sigmoid();
            s.CopyTo(size);
            (1f / s).CopyTo(inverse);
        }
        var sine = graph.Apply("Sin", [graph.Apply("Mul", [x, graph.Constant($"{name}.wave.inverse", inverse, inverse.Length)])]);
        var bent = Activate(graph.Apply("Mul", [sine, graph.Number(Steepness)]), Activation.Silu);
        x = graph.Apply("Mul", [bent, graph.Constant($"{name}.wave.size", [.. size.Select(s => s / Steepness)], size.Length)]);
        return Linear($"{name}.2", x);
    }

    private OnnxValue Hidden(string name, OnnxValue x, Activation activation, Normalization normalization)
    {
        for (var i = 0; i < LastOf(name); i++) x = Activate(Normalize($"{name}.{i}.norm", Linear($"{name}.{i}", x), normalization), activation);
        return x;
    }

    private int LastOf(string name) => Enumerable.Range(1, weights.Count).First(i => !weights.ContainsKey($"{name}.{i}.weight")) - 1;

    private int WidthOf(string name, int layer) => weights[$"{name}.{layer}.bias"].Values.Length;

    /// <summary>[batch, size] gives [batch x count, features + context]: each candidate's own numbers with the context behind them.</summary>
    private OnnxValue Candidates(OnnxValue observation, CandidateLayout layout)
    {
        var (count, features, context) = (layout.Count, layout.Features, layout.Context);
        if (context == 0) return graph.Apply("Reshape", [observation, graph.Integers(-1, features)]);
        var own = graph.Apply("Reshape", [graph.Columns(observation, 0, count * features), graph.Integers(-1, count, features)]);
        var shared = graph.Apply("Reshape", [graph.Columns(observation, count * features, context), graph.Integers(-1, 1, context)]);
        var each = graph.Apply("Concat", [own, graph.Apply("Expand", [shared, graph.Integers(1, count, context)])], OnnxAttribute.Of("axis", 2));
        return graph.Apply("Reshape", [each, graph.Integers(-1, features + context)]);
    }

    private OnnxValue Linear(string name, OnnxValue x)
    {
        var (weight, bias) = (weights[$"{name}.weight"], weights[$"{name}.bias"]);
        // A network of an ensemble has an axis of members before: of one member it is the same numbers.
        var (inputs, outputs) = (weight.Shape[^2], weight.Shape[^1]);
        return graph.Apply("Gemm", [x, graph.Constant(weight.Name, weight.Values.Span, inputs, outputs), graph.Constant(bias.Name, bias.Values.Span, outputs)]);
    }

    private OnnxValue Row(string name) => graph.Constant(name, weights[name].Values.Span, weights[name].Values.Length);

    private OnnxValue Normalize(string name, OnnxValue x, Normalization kind)
    {
        switch (kind)
        {
            case Normalization.None: return x;
            case Normalization.Layer:
                return graph.Apply("LayerNormalization", [x, Row($"{name}.gain"), Row($"{name}.shift")], OnnxAttribute.Of("axis", -1), OnnxAttribute.Of("epsilon", LayerEpsilon));
            default:
                var meanSquare = graph.Apply("ReduceMean", [graph.Apply("Mul", [x, x])], OnnxAttribute.OfList("axes", -1));
                var size = graph.Apply("Sqrt", [graph.Apply("Add", [meanSquare, graph.Number(RootMeanSquareEpsilon)])]);
                return graph.Apply("Mul", [graph.Apply("Div", [x, size]), Row($"{name}.gain")]);
        }
    }

    private OnnxValue Activate(OnnxValue x, Activation activation) => activation switch
    {
        Activation.None => x,
        Activation.Tanh => graph.Apply("Tanh", [x]),
        Activation.Relu => graph.Apply("Relu", [x]),
        Activation.Sigmoid => graph.Apply("Sigmoid", [x]),
        Activation.Silu => graph.Apply("Mul", [x, graph.Apply("Sigmoid", [x])]),
        Activation.Gelu => Gelu(x),
        Activation.Selu => graph.Apply("Selu", [x]),
        Activation.Elu => graph.Apply("Elu", [x]),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "No such activation."),
    };

    /// <summary>x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2; the operator of that name came with a later set.</summary>
    private OnnxValue Gelu(OnnxValue x)
    {
        var cube = graph.Apply("Mul", [graph.Apply("Mul", [x, x]), x]);
        var inner = graph.Apply("Add", [x, graph.Apply("Mul", [cube, graph.Number(0.044715f)])]);
        var tangent = graph.Apply("Tanh", [graph.Apply("Mul", [inner, graph.Number(0.7978845608f)])]);
        return graph.Apply("Mul", [graph.Apply("Mul", [x, graph.Number(0.5f)]), graph.Apply("Add", [tangent, graph.Number(1)])]);
    }
}
