using Pilotage.Tensors;
using Pilotage.Testing.Reference.Operators;

namespace Pilotage.Testing.Reference;

/// <summary>The record of a step in double. Each operator is a loop over elements beside the loop of its derivative.</summary>
internal sealed class ReferenceTape(ReferenceDevice device) : Tape
{
    private readonly List<ReferenceNode> _nodes = [];
    private readonly List<(int[] Values, Shape Shape)> _indices = [];
    private readonly List<(bool[] Values, Shape Shape)> _masks = [];
    private readonly List<(Parameter Parameter, ReferenceNode Node)> _leaves = [];

    public IReadOnlyList<ReferenceNode> Nodes => _nodes;

    public IReadOnlyList<(Parameter Parameter, ReferenceNode Node)> Leaves => _leaves;

    public double[] ValuesOf(int slot) => _nodes[slot].Values;

    public override long Bytes => 0;

    public override Shape ShapeOf(int slot) => _nodes[slot].Shape;

    public override Shape ShapeOfIndices(int slot) => _indices[slot].Shape;

    public override Shape ShapeOfMask(int slot) => _masks[slot].Shape;

    public override string Describe(int slot) => slot < _nodes.Count ? _nodes[slot].Name : "an operation of an ended step";

    public override string DescribeMask(int slot) => "a mask";

    public override string DescribeIndices(int slot) => "indices";

    public override bool IsConstant(int slot) => _nodes[slot].Name is "Constant" or "Filled";

    public override int Constant(ReadOnlySpan<float> values, in Shape shape)
    {
        var copy = new double[values.Length];
        for (var i = 0; i < copy.Length; i++) copy[i] = values[i];
        return Add("Constant", shape, copy, backward: null);
    }

    public override int Fill(float value, in Shape shape)
    {
        var values = new double[shape.Count];
        Array.Fill(values, value);
        return Add("Filled", shape, values, backward: null);
    }

    public override int Indices(ReadOnlySpan<int> values, in Shape shape)
    {
        _indices.Add((values.ToArray(), shape));
        return _indices.Count - 1;
    }

    public override int Mask(ReadOnlySpan<bool> values, in Shape shape)
    {
        _masks.Add((values.ToArray(), shape));
        return _masks.Count - 1;
    }

    public override int Leaf(Parameter parameter)
    {
        var slot = Add($"Of({parameter.Name})", parameter.Shape, device.Read(parameter), backward: null);
        _leaves.Add((parameter, _nodes[slot]));
        return slot;
    }

    public override int Unary(UnaryOperation operation, int x, float first, float second)
    {
        var input = _nodes[x];
        var values = new double[input.Values.Length];
        for (var i = 0; i < values.Length; i++) values[i] = ReferenceFunctions.Value(operation, input.Values[i], first, second);
        return Add(operation.ToString(), input.Shape, values, adjoint =>
        {
            for (var i = 0; i < values.Length; i++) input.Accumulate(i, adjoint[i] * ReferenceFunctions.Derivative(operation, input.Values[i], first, second));
        });
    }

    public override int Binary(BinaryOperation operation, int left, int right, in Shape shape)
    {
        var (a, b) = (_nodes[left], _nodes[right]);
        var (atA, atB) = (ReferenceIndex.Broadcast(shape, a.Shape), ReferenceIndex.Broadcast(shape, b.Shape));
        var values = new double[shape.Count];
        for (var i = 0; i < values.Length; i++) values[i] = ReferenceFunctions.Value(operation, a.Values[atA[i]], b.Values[atB[i]]);
        return Add(operation.ToString(), shape, values, adjoint =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                var (byLeft, byRight) = ReferenceFunctions.Derivatives(operation, a.Values[atA[i]], b.Values[atB[i]]);
                a.Accumulate(atA[i], adjoint[i] * byLeft);
                b.Accumulate(atB[i], adjoint[i] * byRight);
            }
        });
    }

    public override int Compare(Comparison comparison, int left, int right, in Shape shape)
    {
        var (a, b) = (_nodes[left], _nodes[right]);
        var (atA, atB) = (ReferenceIndex.Broadcast(shape, a.Shape), ReferenceIndex.Broadcast(shape, b.Shape));
        var values = new bool[shape.Count];
        for (var i = 0; i < values.Length; i++) values[i] = ReferenceFunctions.Holds(comparison, a.Values[atA[i]], b.Values[atB[i]]);
        return Mask(values, shape);
    }

    public override int Where(int mask, int left, int right, in Shape shape)
    {
        var (chosen, maskShape) = _masks[mask];
        var (a, b) = (_nodes[left], _nodes[right]);
        var (atMask, atA, atB) = (ReferenceIndex.Broadcast(shape, maskShape), ReferenceIndex.Broadcast(shape, a.Shape), ReferenceIndex.Broadcast(shape, b.Shape));
        var values = new double[shape.Count];
        for (var i = 0; i < values.Length; i++) values[i] = chosen[atMask[i]] ? a.Values[atA[i]] : b.Values[atB[i]];
        return Add("Where", shape, values, adjoint =>
        {
            for (var i = 0; i < values.Length; i++)
                if (chosen[atMask[i]]) a.Accumulate(atA[i], adjoint[i]);
                else b.Accumulate(atB[i], adjoint[i]);
        });
    }

    public override int Linear(int x, Parameter weight, Parameter? bias, Activation activation, in Shape shape)
    {
        var input = _nodes[x];
        var w = _nodes[Leaf(weight)];
        var b = bias is null ? null : _nodes[Leaf(bias)];
        var (members, inputs, outputs) = (weight.Shape.Rank == 3 ? weight.Shape[0] : 1, weight.Shape[-2], weight.Shape[-1]);
        var rows = shape.Count / Math.Max(1, members * outputs);
        var shared = weight.Shape.Rank == 3 && input.Shape.Rank == 2;
        var before = new double[shape.Count];
        var values = new double[shape.Count];
        for (var i = 0; i < values.Length; i++)
        {
            before[i] = b?.Values[PlaceB(i)] ?? 0;
            for (var k = 0; k < inputs; k++) before[i] += input.Values[PlaceX(i, k)] * w.Values[PlaceW(i, k)];
            values[i] = ReferenceFunctions.Value(activation, before[i]);
        }
        return Add($"Linear({weight.Name})", shape, values, adjoint =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                var slope = adjoint[i] * ReferenceFunctions.Derivative(activation, before[i]);
                b?.Accumulate(PlaceB(i), slope);
                for (var k = 0; k < inputs; k++)
                {
                    input.Accumulate(PlaceX(i, k), slope * w.Values[PlaceW(i, k)]);
                    w.Accumulate(PlaceW(i, k), slope * input.Values[PlaceX(i, k)]);
                }
            }
        });

        int Member(int i) => i / (rows * outputs);
        int PlaceB(int i) => Member(i) * outputs + i % outputs;
        int PlaceX(int i, int k) => ((shared ? 0 : Member(i) * rows) + i / outputs % rows) * inputs + k;
        int PlaceW(int i, int k) => (Member(i) * inputs + k) * outputs + i % outputs;
    }

    public override int MatMul(int left, int right, bool transposeLeft, bool transposeRight, in Shape shape)
    {
        var (a, b) = (_nodes[left], _nodes[right]);
        var (m, n, k) = (shape[-2], shape[-1], a.Shape[transposeLeft ? -2 : -1]);
        var leading = Leading(shape);
        var (batchA, batchB) = (ReferenceIndex.Broadcast(leading, Leading(a.Shape)), ReferenceIndex.Broadcast(leading, Leading(b.Shape)));
        var values = new double[shape.Count];
        for (var batch = 0; batch < leading.Count; batch++)
            for (var i = 0; i < m; i++)
                for (var j = 0; j < n; j++)
                    for (var p = 0; p < k; p++)
                        values[(batch * m + i) * n + j] += a.Values[PlaceA(batch, i, p)] * b.Values[PlaceB(batch, p, j)];
        return Add("MatMul", shape, values, adjoint =>
        {
            for (var batch = 0; batch < leading.Count; batch++)
                for (var i = 0; i < m; i++)
                    for (var j = 0; j < n; j++)
                        for (var p = 0; p < k; p++)
                        {
                            a.Accumulate(PlaceA(batch, i, p), adjoint[(batch * m + i) * n + j] * b.Values[PlaceB(batch, p, j)]);
                            b.Accumulate(PlaceB(batch, p, j), adjoint[(batch * m + i) * n + j] * a.Values[PlaceA(batch, i, p)]);
                        }
        });

        int PlaceA(int batch, int i, int p) => batchA[batch] * m * k + (transposeLeft ? p * m + i : i * k + p);
        int PlaceB(int batch, int p, int j) => batchB[batch] * k * n + (transposeRight ? j * k + p : p * n + j);
    }

    public override int Reduce(Reduction reduction, int x, uint axes, in Shape shape)
    {
        var input = _nodes[x];
        var target = ReferenceIndex.Reduced(input.Shape, axes);
        var result = ReferenceReduction.Compute(reduction, input.Values, target, shape.Count);
        return Add(reduction.ToString(), shape, result.Values, adjoint =>
        {
            for (var i = 0; i < target.Length; i++) input.Accumulate(i, adjoint[target[i]] * result.Derivatives[i]);
        });
    }

    public override int LogSoftmax(int x, int mask) => Normalised(x, mask, logarithm: true);

    public override int Softmax(int x, int mask) => Normalised(x, mask, logarithm: false);

    public override int Gather(int x, int indices, int axis, in Shape shape) =>
        Picked("Gather", x, shape, ReferenceIndex.Gathered(shape, _indices[indices].Values, _nodes[x].Shape, axis));

    public override int Reshape(int x, in Shape shape) => Picked("Reshape", x, shape, [.. Enumerable.Range(0, shape.Count)]);

    public override int Transpose(int x, int firstAxis, int secondAxis, in Shape shape) =>
        Picked("Transpose", x, shape, ReferenceIndex.Transposed(shape, _nodes[x].Shape, firstAxis, secondAxis));

    public override int Slice(int x, int axis, int start, in Shape shape) =>
        Picked("Slice", x, shape, ReferenceIndex.Sliced(shape, _nodes[x].Shape, axis, start));

    public override int Concat(ReadOnlySpan<int> slots, int axis, in Shape shape)
    {
        var parts = slots.ToArray().Select(slot => _nodes[slot]).ToArray();
        var sources = new (ReferenceNode Node, int Place)[shape.Count];
        for (var i = 0; i < sources.Length; i++)
        {
            var coordinates = ReferenceIndex.Coordinates(i, shape);
            var part = 0;
            for (; coordinates[axis] >= parts[part].Shape[axis]; part++) coordinates[axis] -= parts[part].Shape[axis];
            sources[i] = (parts[part], ReferenceIndex.Place(coordinates, parts[part].Shape));
        }
        return Add("Concat", shape, [.. sources.Select(source => source.Node.Values[source.Place])], adjoint =>
        {
            for (var i = 0; i < sources.Length; i++) sources[i].Node.Accumulate(sources[i].Place, adjoint[i]);
        });
    }

    public override int Detach(int x) => Add("Detach", _nodes[x].Shape, device.Detach(_nodes[x].Values), backward: null);

    public override int Apply(Operator operation, ReadOnlySpan<int> inputs, in OperatorSettings settings, in Shape shape)
    {
        var (indexInput, maskInput) = (IndexInput(operation), operation == Operator.Attention ? 3 : -1);
        var (tensors, indices, masks) = (new ReferenceNode?[inputs.Length], new (int[], Shape)?[inputs.Length], new (bool[], Shape)?[inputs.Length]);
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] < 0) continue;
            if (i == indexInput) indices[i] = _indices[inputs[i]];
            else if (i == maskInput) masks[i] = _masks[inputs[i]];
            else tensors[i] = _nodes[inputs[i]];
        }
        var weight = settings.Weight is { } parameter ? _nodes[Leaf(parameter)] : null;
        var (values, backward) = ReferenceOperator.Of(operation).Compute(new(tensors, indices, masks, weight, settings, shape));
        return Add(operation.ToString(), shape, values, backward);
    }

    public override int Order(int x, bool descending, in Shape shape, int count)
    {
        var (values, width) = (_nodes[x].Values, _nodes[x].Shape[-1]);
        var places = new List<int>();
        for (var row = 0; row < values.Length / Math.Max(1, width); row++)
        {
            // NaN is the largest; OrderBy is stable.
            var keys = values.Skip(row * width).Take(width).Select((value, place) => (Value: double.IsNaN(value) ? (1, 0.0) : (0, value), place));
            places.AddRange((descending ? keys.OrderByDescending(key => key.Value) : keys.OrderBy(key => key.Value)).Take(count).Select(key => key.place));
        }
        return Indices([.. places], shape);
    }

    public override int Combine(MaskOperation operation, int left, int right, in Shape shape)
    {
        var (a, b) = (_masks[left], right < 0 ? _masks[left] : _masks[right]);
        var (atA, atB) = (ReferenceIndex.Broadcast(shape, a.Shape), ReferenceIndex.Broadcast(shape, b.Shape));
        return Mask([.. Enumerable.Range(0, shape.Count).Select(i => operation switch
        {
            MaskOperation.And => a.Values[atA[i]] && b.Values[atB[i]],
            MaskOperation.Or => a.Values[atA[i]] || b.Values[atB[i]],
            _ => !a.Values[atA[i]],
        })], shape);
    }

    public override void CopyIndices(int slot, Span<int> destination) => _indices[slot].Values.CopyTo(destination);

    public override void CopyMask(int slot, Span<bool> destination) => _masks[slot].Values.CopyTo(destination);

    /// <summary>The function itself: recomputing changes memory, not values.</summary>
    public override int Checkpoint(Func<Tensor, Tensor> function, int x) => function(new Tensor(this, x)).SlotOn(this);

    public override void CopyTo(int slot, Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = (float)_nodes[slot].Values[i];
    }

    public override void Backward(int loss, Parameters parameters)
    {
        if (Gradient == Gradient.None) throw new InvalidOperationException("The step records no gradient: begin it with Gradient.Recorded.");
        if (_nodes[loss].Shape.Count != 1) throw new ArgumentException($"The loss has shape {_nodes[loss].Shape}; it must be a scalar.", nameof(loss));
        foreach (var node in _nodes) node.Clear();
        _nodes[loss].Accumulate(0, 1);
        for (var slot = loss; slot >= 0; slot--) _nodes[slot].Backward();
        foreach (var (parameter, node) in _leaves)
        {
            if (parameter.Owner != parameters) continue;
            var gradient = device.GradientOf(parameter);
            var rounded = parameters.GradientMemory.Span.Slice(parameter.Offset, gradient.Length);
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] += node.Adjoint[i];
                rounded[i] += (float)node.Adjoint[i];
            }
        }
    }

    public override int FirstNonFinite() => _nodes.FindIndex(node => !node.Values.All(double.IsFinite));

    public override void Dispose() => Reset();

    protected override void Reset()
    {
        _nodes.Clear();
        _indices.Clear();
        _masks.Clear();
        _leaves.Clear();
        device.StepEnded();
    }

    private static int IndexInput(Operator operation) => operation switch
    {
        Operator.Embedding => 0,
        Operator.ScatterAdd => 1,
        _ => -1,
    };

    private static Shape Leading(Shape shape) => shape.Without(-1).Without(-1);

    private int Normalised(int x, int mask, bool logarithm)
    {
        var input = _nodes[x];
        var width = input.Shape[-1];
        var legal = mask < 0 ? null : _masks[mask].Values;
        var logs = ReferenceReduction.LogSoftmax(input.Values, legal, width);
        var values = logarithm ? logs : [.. logs.Select((log, i) => legal is null || legal[i] ? Math.Exp(log) : 0)];
        return Add(logarithm ? "LogSoftmax" : "Softmax", input.Shape, values, adjoint =>
        {
            for (var row = 0; row < values.Length; row += width)
                for (var i = row; i < row + width; i++)
                    for (var j = row; j < row + width; j++)
                    {
                        if (legal is not null && !(legal[i] && legal[j])) continue;
                        var (pi, pj, same) = (Math.Exp(logs[i]), Math.Exp(logs[j]), i == j ? 1 : 0);
                        // d log p_j / d x_i = [i = j] - p_i, and d p_j / d x_i = p_j times it.
                        input.Accumulate(i, adjoint[j] * (same - pi) * (logarithm ? 1 : pj));
                    }
        });
    }

    private int Picked(string name, int x, in Shape shape, int[] places)
    {
        var input = _nodes[x];
        return Add(name, shape, [.. places.Select(place => input.Values[place])], adjoint =>
        {
            for (var i = 0; i < places.Length; i++) input.Accumulate(places[i], adjoint[i]);
        });
    }

    private int Add(string name, in Shape shape, double[] values, Action<double[]>? backward)
    {
        _nodes.Add(new(name, shape, values, backward));
        return _nodes.Count - 1;
    }
}
