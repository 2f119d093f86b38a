using Pilotage.Environments;

namespace Pilotage.Lab.Onnx;

/// <summary>What stands between a network's outputs and actions, as operators of a graph: masks, the choice, the draw, the way into the box.</summary>
/// <remarks>Draws are made of numbers that the caller feeds, as the policy makes them of its own stream: the same numbers give the same actions.</remarks>
internal sealed class OnnxActions
{
    private readonly OnnxGraph _graph;
    private readonly IReadOnlyList<int> _counts;
    private readonly ActionSpace.Box? _box;
    private readonly OnnxValue? _legal;

    /// <summary>Declares the input <c>legal</c> where the space has a mask.</summary>
    public OnnxActions(OnnxGraph graph, ActionSpace space)
    {
        _graph = graph;
        (_counts, _box) = space switch
        {
            ActionSpace.Discrete one => ([one.Count], null),
            ActionSpace.MultiDiscrete several => (several.Counts, null),
            ActionSpace.Box box => ([], box),
            ActionSpace.Composite both => (both.Choices.Counts, both.Values),
            _ => throw new ArgumentException($"No actions of the kind {space.GetType().Name} are known.", nameof(space)),
        };
        if (space.LegalCount > 0)
            _legal = graph.Input("legal", OnnxType.Boolean, space.LegalCount, "Which actions are legal, the choices one after the other. A choice without any gives the index -1.");
    }

    /// <summary>Numbers that a network with a distribution over these actions gives per row.</summary>
    public int LogitCount => _counts.Sum();

    /// <summary>Real numbers per action.</summary>
    public int ValueCount => _box?.ValueCount ?? 0;

    /// <summary>Chooses by logits and declares the outputs <c>indices</c> and <c>log_probabilities</c>.</summary>
    /// <param name="logits">[batch, sum of counts], the choices one after the other.</param>
    /// <param name="isGreedy">Whether to take the most probable action; else <c>uniforms</c> becomes an input.</param>
    public void Choose(OnnxValue logits, bool isGreedy)
    {
        OnnxValue? uniforms = isGreedy ? null : _graph.Input("uniforms", OnnxType.Single, _counts.Count, "Independent numbers, uniform in [0, 1), one per choice: the draw is made of them.");
        var (indices, logPis) = (new OnnxValue[_counts.Count], new OnnxValue[_counts.Count]);
        for (var (choice, start) = (0, 0); choice < _counts.Count; start += _counts[choice++])
        {
            var legal = LegalOf(start, _counts[choice]);
            var logPi = LogSoftmax(OfChoice(logits, start, choice), legal);
            logPis[choice] = logPi;
            indices[choice] = OrNone(uniforms is { } given ? Draw(logPi, _counts.Count == 1 ? given : _graph.Columns(given, choice, 1)) : First(logPi), legal);
        }
        Output(Joined(indices));
        _graph.Output("log_probabilities", Joined(logPis), OnnxType.Single, LogitCount, "log pi(a|s), the choices one after the other; the smallest finite number for illegal actions.");
    }

    /// <summary>Chooses the best legal action by value and declares the outputs <c>indices</c> and <c>action_values</c>.</summary>
    /// <param name="values">[batch, actions].</param>
    /// <param name="allowed">[batch, actions], a narrower mask than the legal one; <see langword="null"/> for that one.</param>
    public void Best(OnnxValue values, OnnxValue? allowed = null)
    {
        Output(OrNone(First(Hide(values, allowed ?? _legal, float.NegativeInfinity)), _legal));
        _graph.Output("action_values", values, OnnxType.Single, LogitCount, "The value of every action, legal or not.");
    }

    /// <summary>pi(a|s) of one choice's logits, exactly 0 of illegal actions.</summary>
    public OnnxValue Probabilities(OnnxValue logits) => _graph.Apply("Exp", [LogSoftmax(logits, _legal)]);

    /// <summary>The best tried legal action of a table; where none was tried, a fixed action or the first legal one. Declares the output <c>indices</c>.</summary>
    /// <param name="values">[batch, actions].</param>
    /// <param name="tried">[batch, actions], true where an action was tried.</param>
    /// <param name="untriedAction">The fixed action.</param>
    public void BestTried(OnnxValue values, OnnxValue tried, int untriedAction)
    {
        var possible = _legal is { } legal ? _graph.Apply("And", [tried, legal]) : tried;
        var otherwise = _graph.Integers(untriedAction);
        if (_legal is { } mask) otherwise = _graph.Apply("Where", [_graph.Columns(mask, untriedAction, 1), otherwise, First(_graph.Cast(mask, OnnxType.Single))]);
        var best = First(Hide(values, possible, float.NegativeInfinity));
        Output(OrNone(_graph.Apply("Where", [Any(possible), best, otherwise]), _legal));
        _graph.Output("action_values", values, OnnxType.Single, LogitCount, "The value of every action, legal and tried or not.");
    }

    /// <summary>mean + deviation x normal, or the mean alone.</summary>
    /// <param name="mean">[batch, dimensions].</param>
    /// <param name="deviation">[dimensions] or [batch, dimensions].</param>
    /// <param name="isGreedy">Whether to take the mean; else <c>normals</c> becomes an input.</param>
    public OnnxValue Draw(OnnxValue mean, Func<OnnxValue> deviation, bool isGreedy)
    {
        if (isGreedy) return mean;
        var normals = _graph.Input("normals", OnnxType.Single, ValueCount, "Independent standard normal numbers, one per dimension: the draw is made of them.");
        return _graph.Apply("Add", [mean, _graph.Apply("Mul", [deviation(), normals])]);
    }

    /// <summary>From half widths around the centre to the environment's unit, what lies outside put on the edge. Declares the output <c>values</c>.</summary>
    /// <param name="unit">[batch, dimensions].</param>
    public void ToBox(OnnxValue unit)
    {
        var box = _box!;
        var wide = _graph.Apply("Mul", [unit, Row("box.half_width", (low, high) => (high - low) / 2)]);
        var placed = _graph.Apply("Add", [wide, Row("box.centre", (low, high) => (low + high) / 2)]);
        var inside = _graph.Apply("Min", [_graph.Apply("Max", [placed, Row("box.low", (low, _) => low)]), Row("box.high", (_, high) => high)]);
        _graph.Output("values", inside, OnnxType.Single, box.ValueCount, "The action in the environment's own unit.");

        OnnxValue Row(string name, Func<float, float, float> of) => _graph.Constant(name, [.. box.Low.Zip(box.High, of)], box.ValueCount);
    }

    private void Output(OnnxValue indices) => _graph.Output("indices", indices, OnnxType.Integer, _counts.Count, "The action: one index for each choice.");

    private OnnxValue OfChoice(OnnxValue value, int start, int choice) => _counts.Count == 1 ? value : _graph.Columns(value, start, _counts[choice]);

    private OnnxValue? LegalOf(int start, int count) => _legal is { } legal && _counts.Count > 1 ? _graph.Columns(legal, start, count) : _legal;

    private OnnxValue Joined(OnnxValue[] parts) => parts.Length == 1 ? parts[0] : _graph.Apply("Concat", parts, OnnxAttribute.Of("axis", 1));

    private OnnxValue LogSoftmax(OnnxValue logits, OnnxValue? legal) =>
        Hide(_graph.Apply("LogSoftmax", [Hide(logits, legal, float.MinValue)], OnnxAttribute.Of("axis", 1)), legal, float.MinValue);

    private OnnxValue Hide(OnnxValue values, OnnxValue? legal, float instead) => legal is { } mask ? _graph.Apply("Where", [mask, values, _graph.Number(instead)]) : values;

    /// <summary>Index of the largest, the first of equal ones, [batch, 1].</summary>
    private OnnxValue First(OnnxValue scores) => _graph.Apply("ArgMax", [scores], OnnxAttribute.Of("axis", 1));

    /// <summary>Inverts the cumulative distribution: as many as the sums that do not exceed the number, at most the last action of probability above 0.</summary>
    private OnnxValue Draw(OnnxValue logPi, OnnxValue uniform)
    {
        var probabilities = _graph.Apply("Exp", [logPi]);
        var passed = _graph.Apply("LessOrEqual", [_graph.Apply("CumSum", [probabilities, _graph.Constant("axis", [1L])]), uniform]);
        var count = _graph.Apply("ReduceSum", [_graph.Cast(passed, OnnxType.Integer), _graph.Integers(1)]);
        var isPossible = _graph.Cast(_graph.Apply("Greater", [probabilities, _graph.Number(0)]), OnnxType.Single);
        var last = _graph.Apply("ArgMax", [isPossible], OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("select_last_index", 1));
        return _graph.Apply("Min", [count, last]);
    }

    /// <summary>-1 in rows without a legal action: never an illegal one.</summary>
    private OnnxValue OrNone(OnnxValue indices, OnnxValue? legal) => legal is { } mask ? _graph.Apply("Where", [Any(mask), indices, _graph.Integers(-1)]) : indices;

    /// <summary>Whether any flag of a row is set, [batch, 1].</summary>
    private OnnxValue Any(OnnxValue flags) =>
        _graph.Apply("Greater", [_graph.Apply("ReduceMax", [_graph.Cast(flags, OnnxType.Single)], OnnxAttribute.OfList("axes", 1)), _graph.Number(0)]);
}
