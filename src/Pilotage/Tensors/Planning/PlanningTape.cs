using Pilotage.Tensors.Kernels;
using Pilotage.Tensors.Operators;

namespace Pilotage.Tensors.Planning;

/// <summary>Takes the memory that <see cref="ManagedTape"/> takes, in the same order, from arenas that only count. No address is ever read.</summary>
internal sealed unsafe class PlanningTape : Tape
{
    private readonly Arena _arena = new(kind: ArenaKind.Planned);
    private readonly PlannedBackpropagation _backpropagation = new();
    private readonly List<int[]> _parts = [];
    private readonly List<OperatorSettings> _settings = [];
    private readonly List<Func<Tensor, Tensor>> _functions = [];
    private Node[] _nodes = new Node[128];
    private int _count;
    private long _bytes;

    /// <summary>Bytes taken at the highest point so far.</summary>
    public override long Bytes => Math.Max(_bytes, _arena.Bytes + _backpropagation.Bytes);

    public override Shape ShapeOf(int slot) => _nodes[slot].Shape;

    public override Shape ShapeOfIndices(int slot) => _nodes[slot].Shape;

    public override Shape ShapeOfMask(int slot) => _nodes[slot].Shape;

    public override string Describe(int slot) => NodeNames.Of(_nodes[slot]);

    public override int Constant(ReadOnlySpan<float> values, in Shape shape) => Add(NodeKind.Constant, shape);

    public override int Fill(float value, in Shape shape) => Add(NodeKind.Constant, shape);

    public override int Indices(ReadOnlySpan<int> values, in Shape shape) => Add(NodeKind.Indices, shape);

    public override int Mask(ReadOnlySpan<bool> values, in Shape shape) => Add(NodeKind.Mask, shape);

    public override int Leaf(Parameter parameter)
    {
        var slot = View(NodeKind.Leaf, parameter.Shape);
        _nodes[slot].Weight = parameter;
        return slot;
    }

    public override int Unary(UnaryOperation operation, int x, float first, float second) => Add(NodeKind.Unary, _nodes[x].Shape, x);

    public override int Binary(BinaryOperation operation, int left, int right, in Shape shape)
    {
        var slot = Add(NodeKind.Binary, shape, left, right);
        _nodes[slot].Code = (byte)operation;
        var grid = PairwiseGrid.Of(shape, _nodes[left].Shape, _nodes[right].Shape);
        Copy(grid.First, shape);
        Copy(grid.Second, shape);
        return slot;
    }

    public override int Compare(Comparison comparison, int left, int right, in Shape shape) => Pair(Add(NodeKind.Mask, shape), shape, left, right);

    public override int Where(int mask, int left, int right, in Shape shape)
    {
        var slot = Add(NodeKind.Where, shape, left, right);
        _nodes[slot].Selector = mask;
        var grid = PairwiseGrid.Of(shape, _nodes[mask].Shape, _nodes[left].Shape, _nodes[right].Shape);
        Copy(grid.First, shape);
        return Temporarily(slot, shape, grid.Second, grid.Third);
    }

    public override int Linear(int x, Parameter weight, Parameter? bias, Activation activation, in Shape shape)
    {
        var slot = Add(NodeKind.Linear, shape, x);
        (_nodes[slot].Weight, _nodes[slot].Bias) = (weight, bias);
        if (activation is Activation.Silu or Activation.Gelu) _arena.Take(shape.Count);
        Temporarily(new EnsembleLayer(_nodes[x].Shape, weight.Shape, shape).ForwardScratch);
        return slot;
    }

    public override int MatMul(int left, int right, bool transposeLeft, bool transposeRight, in Shape shape) => Add(NodeKind.MatMul, shape, left, right);

    public override int Reduce(Reduction reduction, int x, uint axes, in Shape shape)
    {
        while (axes != 0)
        {
            var reduced = _nodes[x].Shape;
            var axis = 31 - System.Numerics.BitOperations.LeadingZeroCount(axes);
            for (; axis >= 0 && (axes >> axis & 1) != 0; axis--)
            {
                reduced = reduced.With(axis, 1);
                axes &= ~(1u << axis);
            }
            x = Add(NodeKind.Reduce, axes == 0 ? shape : reduced, x);
        }
        return _nodes[x].Shape == shape ? x : Reshape(x, shape);
    }

    public override int LogSoftmax(int x, int mask) => Add(NodeKind.LogSoftmax, _nodes[x].Shape, x);

    public override int Softmax(int x, int mask) => Add(NodeKind.Softmax, _nodes[x].Shape, x);

    public override int Gather(int x, int indices, int axis, in Shape shape) => Add(NodeKind.Gather, shape, x);

    public override int Reshape(int x, in Shape shape) => View(NodeKind.Reshape, shape, x);

    public override int Transpose(int x, int firstAxis, int secondAxis, in Shape shape) => Add(NodeKind.Transpose, shape, x);

    public override int Slice(int x, int axis, int start, in Shape shape) => Add(NodeKind.Slice, shape, x);

    public override int Concat(ReadOnlySpan<int> slots, int axis, in Shape shape) => WithParts(Add(NodeKind.Concat, shape), slots);

    public override int Detach(int x) => View(NodeKind.Detach, _nodes[x].Shape);

    public override int Apply(Operator operation, ReadOnlySpan<int> inputs, in OperatorSettings settings, in Shape shape)
    {
        var slot = WithParts(Add(NodeKind.Apply, shape), inputs);
        ref var node = ref _nodes[slot];
        (node.Code, node.First, node.Weight) = ((byte)operation, _settings.Count, settings.Weight);
        _settings.Add(settings);
        var memory = ManagedOperators.Of(operation).Memory(new OperatorCall(_nodes, slot, inputs, settings, null));
        if (memory.Kept > 0) node.Kept = _arena.Take(memory.Kept);
        Temporarily(memory.ForwardScratch);
        return slot;
    }

    public override int Order(int x, bool descending, in Shape shape, int count)
    {
        var slot = Add(NodeKind.Indices, shape);
        Temporarily(2 * _nodes[x].Shape[-1]);
        return slot;
    }

    public override int Combine(MaskOperation operation, int left, int right, in Shape shape) => Pair(Add(NodeKind.Mask, shape), shape, left, right < 0 ? left : right);

    public override void CopyIndices(int slot, Span<int> destination) => destination.Clear();

    public override void CopyMask(int slot, Span<bool> destination) => destination.Clear();

    public override int Checkpoint(Func<Tensor, Tensor> function, int x)
    {
        using var step = Step.Begin(Device, Gradient.None);
        var inner = (PlanningTape)TapeStack.Current;
        var shape = function(inner.Input(_nodes[x].Shape)).Shape;
        var slot = Add(NodeKind.Checkpoint, shape, x);
        _nodes[slot].First = _functions.Count;
        _functions.Add(function);
        return slot;
    }

    public override void CopyTo(int slot, Span<float> destination) => destination.Clear();

    public override void Backward(int loss, Parameters parameters) => _backpropagation.Run(this, loss, parameters, inputNeeded: false);

    public override int FirstNonFinite() => -1;

    public override void Dispose()
    {
        _bytes = Bytes;
        _arena.Dispose();
        _backpropagation.Dispose();
    }

    internal ref Node this[int slot] => ref _nodes[slot];

    internal ReadOnlySpan<Node> Nodes => _nodes;

    internal ReadOnlySpan<int> PartsOf(in Node node) => _parts[node.Right];

    internal OperatorCall CallOf(int slot) => new(_nodes, slot, PartsOf(_nodes[slot]), _settings[_nodes[slot].First], null);

    internal void Recompute(in Node node, Parameters parameters, bool inputNeeded)
    {
        using var step = Step.Begin(Device);
        var inner = (PlanningTape)TapeStack.Current;
        var result = _functions[node.First](inner.Input(_nodes[node.Left].Shape));
        inner._backpropagation.Run(inner, result.Slot, parameters, inputNeeded);
    }

    internal void Temporarily(int elements)
    {
        if (elements <= 0) return;
        var mark = _arena.Mark;
        _arena.Take(elements);
        _arena.Release(mark);
    }

    protected override void Reset()
    {
        _count = 0;
        _parts.Clear();
        _settings.Clear();
        _functions.Clear();
        _arena.Reset();
    }

    private Tensor Input(in Shape shape) => new(this, View(NodeKind.Input, shape));

    private int Pair(int slot, in Shape shape, int left, int right)
    {
        var grid = PairwiseGrid.Of(shape, _nodes[left].Shape, _nodes[right].Shape);
        return Temporarily(slot, shape, grid.First, grid.Second);
    }

    private int Temporarily(int slot, in Shape shape, Spread first, Spread second)
    {
        var mark = _arena.Mark;
        Copy(first, shape);
        Copy(second, shape);
        _arena.Release(mark);
        return slot;
    }

    /// <summary>As the managed tape: some inputs that broadcast are copied in the result's shape.</summary>
    private void Copy(Spread spread, in Shape shape)
    {
        if (spread == Spread.Copied) _arena.Take(shape.Count);
    }

    private int WithParts(int slot, ReadOnlySpan<int> slots)
    {
        _nodes[slot].Right = _parts.Count;
        _parts.Add(slots.ToArray());
        return slot;
    }

    private int Add(NodeKind kind, in Shape shape, int left = -1, int right = -1)
    {
        var slot = View(kind, shape, left, right);
        _nodes[slot].Value = _arena.Take(shape.Count);
        return slot;
    }

    private int View(NodeKind kind, in Shape shape, int left = -1, int right = -1)
    {
        if (_count == _nodes.Length) Array.Resize(ref _nodes, 2 * _count);
        _nodes[_count] = new Node { Kind = kind, Shape = shape, Left = left, Right = right, Selector = -1 };
        return _count++;
    }
}
