using Pilotage.Tensors.Kernels;
using Pilotage.Tensors.Operators;

namespace Pilotage.Tensors;

/// <summary>The managed backend's record of a step.</summary>
/// <param name="workers">Threads that help with large operations; null for none.</param>
/// <param name="kind">Of the memory of values and gradients.</param>
internal sealed unsafe class ManagedTape(Workers? workers = null, ArenaKind kind = ArenaKind.Plain) : Tape
{
    private readonly Arena _arena = new(kind: kind);
    private readonly Backpropagation _backpropagation = new(kind);
    private Node[] _nodes = new Node[128];
    private int _count;
    private readonly List<Func<Tensor, Tensor>> _functions = [];
    private int[] _parts = new int[16];
    private int _partCount;
    private OperatorSettings[] _settings = new OperatorSettings[16];
    private int _settingsCount;

    public override long Bytes => _arena.Bytes + _backpropagation.Bytes;

    public override Shape ShapeOf(int slot) => _nodes[slot].Shape;

    public override Shape ShapeOfIndices(int slot) => _nodes[slot].Shape;

    public override Shape ShapeOfMask(int slot) => _nodes[slot].Shape;

    public override string Describe(int slot) => NodeNames.Of(_nodes[slot]);

    public override byte CodeOf(int slot) => NodeNames.CodeOf(_nodes[slot]);

    public override string DescribeEnded(int slot, byte code) => slot < _nodes.Length && CodeOf(slot) == code ? Describe(slot) : NodeNames.OfCode(code);

    public override (Parameter? Weight, Parameter? Bias) ParametersOf(int slot) => (_nodes[slot].Weight, _nodes[slot].Bias);

    public override bool IsConstant(int slot) => _nodes[slot].Kind == NodeKind.Constant;

    public override int Constant(ReadOnlySpan<float> values, in Shape shape)
    {
        values.CopyTo(new Span<float>(Add(NodeKind.Constant, shape).Value, shape.Count));
        return _count - 1;
    }

    public override int Fill(float value, in Shape shape)
    {
        new Span<float>(Add(NodeKind.Constant, shape).Value, shape.Count).Fill(value);
        return _count - 1;
    }

    public override int Indices(ReadOnlySpan<int> values, in Shape shape)
    {
        values.CopyTo(new Span<int>(Add(NodeKind.Indices, shape).Value, shape.Count));
        return _count - 1;
    }

    public override int Mask(ReadOnlySpan<bool> values, in Shape shape)
    {
        var lanes = (int*)Add(NodeKind.Mask, shape).Value;
        for (var i = 0; i < values.Length; i++) lanes[i] = values[i] ? -1 : 0;
        return _count - 1;
    }

    public override int Leaf(Parameter parameter)
    {
        ref var node = ref AddView(NodeKind.Leaf, parameter.Shape, parameter.ValuePointer);
        (node.Weight, node.WeightUpdates) = (parameter, parameter.Owner.Updates);
        return _count - 1;
    }

    public override int Unary(UnaryOperation operation, int x, float first, float second)
    {
        ref var node = ref Add(NodeKind.Unary, _nodes[x].Shape, x);
        node.Code = (byte)operation;
        (node.FirstNumber, node.SecondNumber) = (first, second);
        Elementwise.Forward(operation, _nodes[x].Value, node.Value, node.Shape.Count, first, second);
        return _count - 1;
    }

    public override int Binary(BinaryOperation operation, int left, int right, in Shape shape)
    {
        ref var node = ref Add(NodeKind.Binary, shape, left, right);
        node.Code = (byte)operation;
        var grid = PairwiseGrid.Of(shape, _nodes[left].Shape, _nodes[right].Shape);
        var (a, b) = (OperandOf(left, shape, grid.First), OperandOf(right, shape, grid.Second));
        node.Kept = a.Values;
        node.KeptRight = b.Values;
        Pairwise.Forward(operation, a, b, node.Value, grid);
        return _count - 1;
    }

    public override int Compare(Comparison comparison, int left, int right, in Shape shape)
    {
        ref var node = ref Add(NodeKind.Mask, shape);
        node.Code = NodeNames.MaskCode(comparison);
        var mark = _arena.Mark;
        var grid = PairwiseGrid.Of(shape, _nodes[left].Shape, _nodes[right].Shape);
        Pairwise.Compare(comparison, OperandOf(left, shape, grid.First), OperandOf(right, shape, grid.Second), (int*)node.Value, grid);
        _arena.Release(mark);
        return _count - 1;
    }

    public override int Where(int mask, int left, int right, in Shape shape)
    {
        ref var node = ref Add(NodeKind.Where, shape, left, right);
        node.Selector = mask;
        var grid = PairwiseGrid.Of(shape, _nodes[mask].Shape, _nodes[left].Shape, _nodes[right].Shape);
        var chosen = OperandOf(mask, shape, grid.First);
        node.Kept = chosen.Values;
        var mark = _arena.Mark;
        Pairwise.Select(chosen, OperandOf(left, shape, grid.Second), OperandOf(right, shape, grid.Third), node.Value, grid);
        _arena.Release(mark);
        return _count - 1;
    }

    public override int Linear(int x, Parameter weight, Parameter? bias, Activation activation, in Shape shape)
    {
        ref var node = ref Add(NodeKind.Linear, shape, x);
        node.Code = (byte)activation;
        (node.Weight, node.Bias, node.WeightUpdates) = (weight, bias, weight.Owner.Updates);
        var sum = node.Value;
        // The derivatives of silu and gelu are functions of their input, so it is kept.
        if (activation is Activation.Silu or Activation.Gelu) sum = node.Kept = _arena.Take(shape.Count);
        new EnsembleLayer(_nodes[x].Shape, weight.Shape, shape).Forward(_nodes[x].Value, weight.ValuePointer, bias == null ? null : bias.ValuePointer, sum, _arena, workers);
        if (activation != Activation.None) ElementChunks.Forward(LinearLayer.Operation(activation), sum, node.Value, shape.Count, _arena, workers);
        return _count - 1;
    }

    public override int MatMul(int left, int right, bool transposeLeft, bool transposeRight, in Shape shape)
    {
        ref var node = ref Add(NodeKind.MatMul, shape, left, right);
        (node.First, node.Second) = (transposeLeft ? 1 : 0, transposeRight ? 1 : 0);
        new BatchedProduct(_nodes[left].Shape, _nodes[right].Shape, shape, transposeLeft, transposeRight).Forward(_nodes[left].Value, _nodes[right].Value, node.Value, _arena, workers);
        return _count - 1;
    }

    public override int Reduce(Reduction reduction, int x, uint axes, in Shape shape)
    {
        // Axes that are not neighbours are reduced one run after another, from the innermost out.
        while (axes != 0)
        {
            var source = _nodes[x].Shape;
            var last = 31 - System.Numerics.BitOperations.LeadingZeroCount(axes);
            var first = last;
            while (first > 0 && (axes >> first - 1 & 1) != 0) first--;
            var length = 1;
            var reduced = source;
            for (var axis = first; axis <= last; axis++)
            {
                length *= source[axis];
                axes &= ~(1u << axis);
                reduced = reduced.With(axis, 1);
            }
            x = ReduceRun(reduction, x, source.Outer(first), length, source.Inner(last), axes == 0 ? shape : reduced);
        }
        return _nodes[x].Shape == shape ? x : Reshape(x, shape);
    }

    public override int LogSoftmax(int x, int mask) => Normalise(NodeKind.LogSoftmax, x, mask);

    public override int Softmax(int x, int mask) => Normalise(NodeKind.Softmax, x, mask);

    public override int Gather(int x, int indices, int axis, in Shape shape)
    {
        ref var node = ref Add(NodeKind.Gather, shape, x);
        (node.Selector, node.First) = (indices, axis);
        ref readonly var source = ref _nodes[x];
        var extent = source.Shape[axis];
        var wrong = Picks.Gather(source.Value, (int*)_nodes[indices].Value, node.Value, source.Shape.Outer(axis), extent, source.Shape.Inner(axis), shape.Count);
        if (wrong >= 0) throw Picks.Outside(NodeKind.Gather, ((int*)_nodes[indices].Value)[wrong], wrong, axis, source.Shape);
        return _count - 1;
    }

    public override int Reshape(int x, in Shape shape)
    {
        AddView(NodeKind.Reshape, shape, _nodes[x].Value).Left = x;
        return _count - 1;
    }

    public override int Transpose(int x, int firstAxis, int secondAxis, in Shape shape)
    {
        ref var node = ref Add(NodeKind.Transpose, shape, x);
        (node.First, node.Second) = (firstAxis, secondAxis);
        ref readonly var source = ref _nodes[x];
        if (shape.Rank == 2 && firstAxis != secondAxis) Transposition.Run(source.Value, source.Shape[0], source.Shape[1], node.Value);
        else StridedView.Transposed(source.Shape, firstAxis, secondAxis).Read(source.Value, node.Value);
        return _count - 1;
    }

    public override int Slice(int x, int axis, int start, in Shape shape)
    {
        ref var node = ref Add(NodeKind.Slice, shape, x);
        (node.First, node.Second) = (axis, start);
        ref readonly var source = ref _nodes[x];
        StridedView.Part(source.Shape, axis, shape[axis]).Read(source.Value + (long)start * source.Shape.Inner(axis), node.Value);
        return _count - 1;
    }

    public override int Concat(ReadOnlySpan<int> slots, int axis, in Shape shape)
    {
        ref var node = ref Add(NodeKind.Concat, shape);
        node.First = axis;
        AddParts(ref node, slots);
        var target = node.Value;
        foreach (var slot in slots)
        {
            ref readonly var part = ref _nodes[slot];
            StridedView.Part(shape, axis, part.Shape[axis]).Write(part.Value, target);
            target += (long)part.Shape[axis] * shape.Inner(axis);
        }
        return _count - 1;
    }

    public override int Detach(int x)
    {
        AddView(NodeKind.Detach, _nodes[x].Shape, _nodes[x].Value);
        return _count - 1;
    }

    public override int Apply(Operator operation, ReadOnlySpan<int> inputs, in OperatorSettings settings, in Shape shape)
    {
        ref var node = ref Add(NodeKind.Apply, shape);
        (node.Code, node.First) = ((byte)operation, _settingsCount);
        AddParts(ref node, inputs);
        if (_settingsCount == _settings.Length) Array.Resize(ref _settings, 2 * _settingsCount);
        _settings[_settingsCount++] = settings;
        if (settings.Weight is { } weight) (node.Weight, node.WeightUpdates) = (weight, weight.Owner.Updates);

        var implementation = ManagedOperators.Of(operation);
        var call = new OperatorCall(_nodes, _count - 1, inputs, settings, null) { Workers = workers, Arena = _arena };
        var memory = implementation.Memory(call);
        if (memory.Kept > 0) node.Kept = _arena.Take(memory.Kept);
        var mark = _arena.Mark;
        implementation.Forward(call with { Scratch = memory.ForwardScratch > 0 ? _arena.Take(memory.ForwardScratch) : null });
        _arena.Release(mark);
        return _count - 1;
    }

    public override int Order(int x, bool descending, in Shape shape, int count)
    {
        var source = _nodes[x];
        ref var node = ref Add(NodeKind.Indices, shape);
        node.Code = NodeNames.OrderCode;
        var mark = _arena.Mark;
        Ordering.Run(source.Value, (int*)node.Value, source.Shape.Outer(-1), source.Shape[-1], count, descending, _arena.Take(2 * source.Shape[-1]));
        _arena.Release(mark);
        return _count - 1;
    }

    public override int Combine(MaskOperation operation, int left, int right, in Shape shape)
    {
        ref var node = ref Add(NodeKind.Mask, shape);
        node.Code = NodeNames.MaskCode(operation);
        var mark = _arena.Mark;
        if (right < 0) right = left;
        var grid = PairwiseGrid.Of(shape, _nodes[left].Shape, _nodes[right].Shape);
        Pairwise.Combine(operation, OperandOf(left, shape, grid.First), OperandOf(right, shape, grid.Second), (int*)node.Value, grid);
        _arena.Release(mark);
        return _count - 1;
    }

    public override void CopyIndices(int slot, Span<int> destination) => new ReadOnlySpan<int>(_nodes[slot].Value, destination.Length).CopyTo(destination);

    public override void CopyMask(int slot, Span<bool> destination)
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = ((int*)_nodes[slot].Value)[i] != 0;
    }

    public override int Checkpoint(Func<Tensor, Tensor> function, int x)
    {
        using var step = Step.Begin(Device, Gradient.None);
        var inner = (ManagedTape)TapeStack.Current;
        var result = function(inner.Input(_nodes[x]));
        var slot = result.SlotOn(inner);
        ref var node = ref Add(NodeKind.Checkpoint, result.Shape, x);
        node.First = _functions.Count;
        _functions.Add(function);
        inner.CopyTo(slot, new Span<float>(node.Value, node.Shape.Count));
        return _count - 1;
    }

    /// <summary>Another tape's values, as the variable of a checkpointed function.</summary>
    internal Tensor Input(in Node source)
    {
        AddView(NodeKind.Input, source.Shape, source.Value);
        return new(this, _count - 1);
    }

    /// <summary>Whether a slot has the shape and the bits of another tape's node.</summary>
    internal bool Holds(int slot, in Node other) => _nodes[slot].Shape == other.Shape
        && new ReadOnlySpan<int>(_nodes[slot].Value, other.Shape.Count).SequenceEqual(new ReadOnlySpan<int>(other.Value, other.Shape.Count));

    /// <summary>The second half of a checkpointed function's backward pass, on the tape of its recomputation.</summary>
    internal void Backward(int slot, float* gradient, Parameters parameters, float* inputGradient) =>
        _backpropagation.Run(new(Device, _nodes, _parts, _settings, _functions, _arena, workers), slot, gradient, parameters, inputGradient);

    public override void CopyTo(int slot, Span<float> destination) => new ReadOnlySpan<float>(_nodes[slot].Value, _nodes[slot].Shape.Count).CopyTo(destination);

    public override void Backward(int loss, Parameters parameters)
    {
        if (Gradient == Gradient.None) throw new InvalidOperationException("This step was begun without gradients; begin it with Gradient.Recorded to descend in it.");
        if (_nodes[loss].Shape.Count != 1) throw new ArgumentException($"The loss has shape {_nodes[loss].Shape}; reduce it to one number, for example with Mean().", nameof(loss));
        _backpropagation.Run(new(Device, _nodes, _parts, _settings, _functions, _arena, workers), loss, null, parameters, null);
    }

    public override int FirstNonFinite()
    {
        for (var slot = 0; slot < _count; slot++)
        {
            ref readonly var node = ref _nodes[slot];
            if (node.Kind is NodeKind.Indices or NodeKind.Mask) continue;
            foreach (var value in new ReadOnlySpan<float>(node.Value, node.Shape.Count))
                if (!float.IsFinite(value)) return slot;
        }
        return -1;
    }

    public override void Dispose()
    {
        _arena.Dispose();
        _backpropagation.Dispose();
    }

    protected override void Reset()
    {
        // The nodes stay readable, so that a stale handle can name its operation.
        _count = _partCount = _settingsCount = 0;
        _functions.Clear();
        _arena.Reset();
    }

    private int ReduceRun(Reduction reduction, int x, int outer, int length, int inner, in Shape shape)
    {
        ref var node = ref Add(NodeKind.Reduce, shape, x);
        node.Code = (byte)reduction;
        (node.First, node.Second) = (length, inner);
        var mark = _arena.Mark;
        Reductions.Run(reduction, _nodes[x].Value, node.Value, outer, length, inner, reduction == Reduction.LogSumExp ? _arena.Take(length) : null);
        _arena.Release(mark);
        return _count - 1;
    }

    private int Normalise(NodeKind kind, int x, int mask)
    {
        ref var node = ref Add(kind, _nodes[x].Shape, x);
        node.Selector = mask;
        var (count, columns) = (node.Shape.Count, node.Shape.Rank == 0 ? 1 : node.Shape[-1]);
        var row = Softmaxes.Forward(_nodes[x].Value, mask < 0 ? null : (int*)_nodes[mask].Value, node.Value, count / Math.Max(columns, 1), columns, kind == NodeKind.LogSoftmax);
        if (row >= 0) throw new ArgumentException($"{kind}: row {row} of the mask {node.Shape} has no legal element; each row needs at least one.", nameof(mask));
        return _count - 1;
    }

    private void AddParts(ref Node node, ReadOnlySpan<int> slots)
    {
        if (_partCount + slots.Length > _parts.Length) Array.Resize(ref _parts, 2 * (_partCount + slots.Length));
        slots.CopyTo(_parts.AsSpan(_partCount));
        (node.Left, node.Right) = (_partCount, _partCount += slots.Length);
    }

    /// <summary>An input as a pairwise loop reads it: where it lies, or a copy in the shape of the result.</summary>
    private Operand OperandOf(int slot, in Shape shape, Spread spread)
    {
        ref readonly var node = ref _nodes[slot];
        if (spread != Spread.Copied) return new(node.Value, spread);
        var copy = _arena.Take(shape.Count);
        StridedView.Broadcast(node.Shape, shape).Read(node.Value, copy);
        return new(copy, spread);
    }

    private ref Node Add(NodeKind kind, in Shape shape, int left = -1, int right = -1)
    {
        ref var node = ref AddView(kind, shape, _arena.Take(shape.Count));
        (node.Left, node.Right) = (left, right);
        return ref node;
    }

    private ref Node AddView(NodeKind kind, in Shape shape, float* value)
    {
        if (_count == _nodes.Length) Grow();
        ref var node = ref _nodes[_count++];
        node = default;
        (node.Kind, node.Left, node.Right, node.Selector, node.Shape) = (kind, -1, -1, -1, shape);
        node.Value = value;
        return ref node;
    }

    private void Grow()
    {
        if (_count > MaximumSlot) throw new InvalidOperationException($"A step holds at most {MaximumSlot + 1} operations; end it and begin another.");
        Array.Resize(ref _nodes, 2 * _count);
    }
}
