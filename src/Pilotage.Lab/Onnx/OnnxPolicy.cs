using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Policies.Descriptors;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Lab.Onnx;

/// <summary>A policy as a graph, from observation to action. One method for each kind that <see cref="PolicyDescriptor"/> lists.</summary>
internal sealed class OnnxPolicy
{
    private const float LeastLogDeviation = -20;         // those of SquashedActor and of DiagonalGaussian
    private const float MostLogDeviation = 2;
    private const float LeastRawDeviation = -5;
    private const double VarianceFloor = 1e-8;           // of ObservationNormalizer
    private readonly EnvironmentSpec _spec;
    private readonly IReadOnlyDictionary<string, WeightBlock> _weights;
    private readonly OnnxNetworks _networks;
    private readonly OnnxActions _actions;

    /// <summary>Builds the graph.</summary>
    /// <exception cref="UserMistakeException">The kind has no form as a graph (PIL0631).</exception>
    public OnnxPolicy(EnvironmentSpec spec, PolicyDescriptor descriptor, IReadOnlyList<WeightBlock> weights)
    {
        (_spec, _weights) = (spec, weights.ToDictionary(block => block.Name));
        _networks = new(Graph, _weights);
        var observation = Graph.Input("observation", OnnxType.Single, spec.ObservationSize, "As the environment shows it, unscaled: " + string.Join(", ", spec.ObservationNames));
        _actions = new(Graph, spec.Actions);
        Decide(descriptor, observation);
    }

    /// <summary>The graph.</summary>
    public OnnxGraph Graph { get; } = new();

    private void Decide(PolicyDescriptor descriptor, OnnxValue observation)
    {
        switch (descriptor)
        {
            case NormalizedDescriptor normalized: Decide(normalized.Inner, Normalize(normalized, observation)); break;
            case ActorDescriptor actor: Act(_networks.OfActions("policy", observation, _spec.Candidates, actor.Activation), actor.IsGreedy); break;
            case RecurrentActorDescriptor recurrent: Remember(recurrent, observation); break;
            case SoftmaxDescriptor softmax: _actions.Choose(_networks.Perceptron("policy", observation, softmax.Activation), isGreedy: false); break;
            case QNetworkDescriptor network: _actions.Best(Values(network, observation)); break;
            case BatchConstrainedDescriptor constrained: Constrain(constrained, observation); break;
            case DeterministicActorDescriptor actor: _actions.ToBox(Point(actor, observation)); break;
            case SquashedActorDescriptor squashed: Squash(squashed, observation); break;
            case StrengthActorDescriptor: Strengthen(observation); break;
            case TableDescriptor table: LookUp(table, observation); break;
            default:
                throw new UserMistakeException(new Mistake(
                    "PIL0631", $"A policy of the kind {descriptor.GetType().Name} has no form as an ONNX graph.", "", "Export it without --format onnx: PolicyFile.Load reads that in any .NET program.").ToString());
        }
    }

    /// <summary><see cref="ObservationNormalizer"/>, in double width as there.</summary>
    private OnnxValue Normalize(NormalizedDescriptor normalized, OnnxValue observation)
    {
        var count = normalized.Mean.Count;
        var scale = normalized.SquaredDeviations.Select(sum => 1 / Math.Sqrt((normalized.Count == 0 ? 1 : sum / normalized.Count) + VarianceFloor));
        var centred = Graph.Apply("Sub", [Graph.Cast(observation, OnnxType.Double), Graph.Constant("normalizer.mean", [.. normalized.Mean], count)]);
        var scaled = Graph.Cast(Graph.Apply("Mul", [centred, Graph.Constant("normalizer.scale", [.. scale], count)]), OnnxType.Single);
        return Graph.Apply("Clip", [scaled, Graph.Number(-normalized.Clip), Graph.Number(normalized.Clip)]);
    }

    /// <summary>The head of actor-critics: logits of the choices, then means of the real numbers.</summary>
    private void Act(OnnxValue outputs, bool isGreedy)
    {
        var (logits, dimensions) = (_actions.LogitCount, _actions.ValueCount);
        if (logits > 0) _actions.Choose(dimensions == 0 ? outputs : Graph.Columns(outputs, 0, logits), isGreedy);
        if (dimensions == 0) return;
        var mean = logits == 0 ? outputs : Graph.Columns(outputs, logits, dimensions);
        _actions.ToBox(_actions.Draw(mean, () => Graph.Apply("Exp", [Row("policy.log_deviation")]), isGreedy));
    }

    private void Remember(RecurrentActorDescriptor recurrent, OnnxValue observation)
    {
        var memory = Graph.Input("memory", OnnxType.Single, recurrent.Units, "What next_memory was after the step before; zeros where an episode begins.");
        var next = _networks.Recur("policy.memory", observation, memory, recurrent.Units);
        Act(_networks.Perceptron("policy", next, recurrent.Activation), recurrent.IsGreedy);
        Graph.Output("next_memory", next, OnnxType.Single, recurrent.Units, "To be fed as memory with the episode's next observation.");
    }

    /// <summary><see cref="QNetwork"/>: plain or dueling, values or quantiles.</summary>
    private OnnxValue Values(QNetworkDescriptor network, OnnxValue observation)
    {
        var isQuantiles = network.Quantiles > 1;
        if (!network.IsDueling)
        {
            var outputs = _networks.OfActions("q", observation, _spec.Candidates, network.Activation);
            return isQuantiles ? Mean(Split(outputs, network.Quantiles), axis: 2) : outputs;
        }
        var features = network.Hidden.Count < 2 || _spec.Candidates is not null ? observation : _networks.Perceptron("shared", observation, network.Activation, network.Activation);
        var advantages = Split(_networks.OfActions("advantage", features, _spec.Candidates, network.Activation), network.Quantiles);       // [batch, actions, N]
        var level = _spec.Candidates is { } layout ? _networks.OfState("state", features, layout, network.Activation) : _networks.Perceptron("state", features, network.Activation);
        var state = Graph.Apply("Unsqueeze", [level, Graph.Integers(1)]);
        var average = Graph.Apply("ReduceMean", [advantages], OnnxAttribute.OfList("axes", 1));
        return Mean(Graph.Apply("Sub", [Graph.Apply("Add", [state, advantages]), average]), axis: 2);

        OnnxValue Split(OnnxValue outputs, int quantiles) => Graph.Apply("Reshape", [outputs, Graph.Integers(0, _actions.LogitCount, quantiles)]);
        OnnxValue Mean(OnnxValue value, long axis) => Graph.Apply("ReduceMean", [value], OnnxAttribute.OfList("axes", axis), OnnxAttribute.Of("keepdims", 0));
    }

    private void Constrain(BatchConstrainedDescriptor constrained, OnnxValue observation)
    {
        var values = Values(new(constrained.Hidden, constrained.Activation), observation);
        var probabilities = _actions.Probabilities(_networks.Perceptron("policy", observation, constrained.Activation));
        var share = Graph.Apply("Div", [probabilities, Graph.Apply("ReduceMax", [probabilities], OnnxAttribute.OfList("axes", 1))]);
        var isNear = Graph.Apply("Greater", [share, Graph.Number(constrained.Threshold)]);
        _actions.Best(values, Graph.Apply("And", [isNear, Graph.Apply("Greater", [probabilities, Graph.Number(0)])]));
    }

    /// <summary><see cref="DeterministicActor"/> in its unit: a tangent, or 2 softmax - 1 of candidates.</summary>
    private OnnxValue Point(DeterministicActorDescriptor actor, OnnxValue observation)
    {
        if (_spec.Candidates is not { } layout) return _networks.Perceptron("actor", observation, actor.Activation, Activation.Tanh);
        var shares = Graph.Apply("Softmax", [_networks.OfActions("actor", observation, layout, actor.Activation)], OnnxAttribute.Of("axis", 1));
        return Graph.Apply("Sub", [Graph.Apply("Mul", [shares, Graph.Number(2)]), Graph.Number(1)]);
    }

    private void Squash(SquashedActorDescriptor squashed, OnnxValue observation)
    {
        var outputs = _networks.OfActions("actor", observation, _spec.Candidates, squashed.Activation, normalization: squashed.Normalization);
        var dimensions = _actions.ValueCount;
        if (_spec.Candidates is not null)                                                // mean and deviation of each: means first, as of plain numbers
        {
            var each = Graph.Apply("Transpose", [Graph.Apply("Reshape", [outputs, Graph.Integers(0, dimensions, 2)])], OnnxAttribute.OfList("perm", 0, 2, 1));
            outputs = Graph.Apply("Reshape", [each, Graph.Integers(0, 2 * dimensions)]);
        }
        _actions.ToBox(Graph.Apply("Tanh", [_actions.Draw(Graph.Columns(outputs, 0, dimensions), Deviation, squashed.IsGreedy)]));

        OnnxValue Deviation()
        {
            var raw = Graph.Columns(outputs, dimensions, dimensions);
            return squashed.Deviation == DeviationForm.Softplus
                ? Graph.Apply("Softplus", [Graph.Apply("Max", [raw, Graph.Number(LeastRawDeviation)])])
                : Graph.Apply("Exp", [Graph.Apply("Clip", [raw, Graph.Number(LeastLogDeviation), Graph.Number(MostLogDeviation)])]);
        }
    }

    /// <summary><see cref="StrengthActor"/> without noise: tanh(|tanh(scale / 2)| tanh(direction / 2)).</summary>
    private void Strengthen(OnnxValue observation)
    {
        var dimensions = _actions.ValueCount;
        var parts = Graph.Apply("Tanh", [Graph.Apply("Mul", [_networks.RectifiedSine("actor", observation), Graph.Number(0.5f)])]);
        var scale = Graph.Apply("Abs", [Graph.Columns(parts, dimensions, dimensions)]);
        _actions.ToBox(Graph.Apply("Tanh", [Graph.Apply("Mul", [scale, Graph.Columns(parts, 0, dimensions)])]));
    }

    /// <summary><see cref="UniformGrid"/> gives the row of the table.</summary>
    private void LookUp(TableDescriptor table, OnnxValue observation)
    {
        var (low, high, cells) = (table.Grid.Low, table.Grid.High, table.Grid.Cells);
        var (size, actions) = (cells.Count, _actions.LogitCount);
        var strides = new long[size];                                                    // the last dimension runs fastest
        for (var (i, stride) = (size - 1, 1L); i >= 0; stride *= cells[i--]) strides[i] = stride;

        var scaled = Graph.Apply("Mul", [
            Graph.Apply("Sub", [observation, Graph.Constant("grid.low", [.. low], size)]),
            Graph.Constant("grid.cells_per_unit", [.. Enumerable.Range(0, size).Select(i => cells[i] / (high[i] - low[i]))], size)]);
        var inside = Graph.Apply("Min", [Graph.Apply("Max", [scaled, Graph.Number(0)]), Graph.Constant("grid.last_cell", [.. cells.Select(count => count - 1f)], size)]);
        var places = Graph.Apply("Mul", [Graph.Cast(inside, OnnxType.Integer), Graph.Constant("grid.strides", strides, size)]);
        var state = Graph.Apply("ReduceSum", [places, Graph.Integers(1)], OnnxAttribute.Of("keepdims", 0));       // [batch]
        var tried = Graph.Apply("Greater", [Rows("tried"), Graph.Number(0)]);
        _actions.BestTried(Rows("q"), tried, table.UntriedAction);

        OnnxValue Rows(string name) => Graph.Apply("Gather", [Graph.Constant(name, _weights[name].Values.Span, _weights[name].Shape[0], actions), state]);
    }

    private OnnxValue Row(string name) => Graph.Constant(name, _weights[name].Values.Span, _weights[name].Values.Length);
}
