using Pilotage.Tensors;
using Pilotage.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;
using Native = TorchSharp.torch.Tensor;
using Picks = Pilotage.Tensors.Kernels.Picks;
using Tensor = Pilotage.Tensors.Tensor;

namespace Pilotage.Torch;

/// <summary>The record of a step on libtorch: one native tensor for each slot, whose graph is libtorch's own.</summary>
/// <remarks>All native tensors of a step are disposed of when it ends. Operators dispose of what they make on the way, also when they fail.</remarks>
internal sealed class TorchTape(TorchDevice device) : Tape
{
    /// <summary>Kept in <see cref="Node.First"/> of a mask: whether each row has a legal element is not known before it is asked.</summary>
    private const int RowsUnknown = -2;

    private readonly List<ParameterImage> _images = [];
    private readonly List<Func<Tensor, Tensor>> _functions = [];
    private readonly List<Native> _targets = [];
    private Node[] _nodes = new Node[128];
    private Native?[] _values = new Native?[128];
    private int _count;
    private int[] _parts = new int[16];
    private int _partCount;

    /// <summary>What the open step's values take; libtorch keeps what gradients need besides, and hands all back at the end.</summary>
    public override long Bytes
    {
        get
        {
            var bytes = 0L;
            for (var slot = 0; slot < _count; slot++) bytes += (long)_values[slot]!.NumberOfElements * _values[slot]!.ElementSize;
            return bytes;
        }
    }

    public override Shape ShapeOf(int slot) => _nodes[slot].Shape;

    public override Shape ShapeOfIndices(int slot) => _nodes[slot].Shape;

    public override Shape ShapeOfMask(int slot) => _nodes[slot].Shape;

    public override string Describe(int slot) => NodeNames.Of(_nodes[slot]);

    public override byte CodeOf(int slot) => NodeNames.CodeOf(_nodes[slot]);

    public override string DescribeEnded(int slot, byte code) => slot < _nodes.Length && CodeOf(slot) == code ? Describe(slot) : NodeNames.OfCode(code);

    public override int Constant(ReadOnlySpan<float> values, in Shape shape) => Add(NodeKind.Constant, shape, HostCopy.FromFloats(values, shape, device));

    public override int Fill(float value, in Shape shape)
    {
        using var number = value.ToScalar();
        return Add(NodeKind.Constant, shape, full(HostCopy.Extents(shape), number, device.Type, device.Place));
    }

    public override int Indices(ReadOnlySpan<int> values, in Shape shape)
    {
        var slot = Add(NodeKind.Indices, shape, HostCopy.FromIntegers(values, shape, device));
        var (lowest, highest) = (int.MaxValue, int.MinValue);
        foreach (var value in values) (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
        (_nodes[slot].First, _nodes[slot].Second) = (lowest, highest);
        return slot;
    }

    public override int Mask(ReadOnlySpan<bool> values, in Shape shape)
    {
        var slot = Add(NodeKind.Mask, shape, HostCopy.FromBooleans(values, shape, device));
        _nodes[slot].First = MaskRows.FirstEmpty(values, shape);
        return slot;
    }

    public override int Leaf(Parameter parameter)
    {
        // The leaf belongs to the image; the slot has a handle of its own on it, which ends with the slot.
        var slot = Add(NodeKind.Leaf, parameter.Shape, LeafOf(parameter).alias());
        (_nodes[slot].Weight, _nodes[slot].WeightUpdates) = (parameter, parameter.Owner.Updates);
        return slot;
    }

    public override int Unary(UnaryOperation operation, int x, float first, float second)
    {
        var slot = Add(NodeKind.Unary, _nodes[x].Shape, Elementwise.Apply(operation, Value(x), first, second), x);
        _nodes[slot].Code = (byte)operation;
        return slot;
    }

    public override int Binary(BinaryOperation operation, int left, int right, in Shape shape)
    {
        var slot = Add(NodeKind.Binary, shape, Elementwise.Apply(operation, Value(left), Value(right)), left, right);
        _nodes[slot].Code = (byte)operation;
        return slot;
    }

    public override int Compare(Comparison comparison, int left, int right, in Shape shape) => AddMask(shape, Elementwise.Compare(comparison, Value(left), Value(right)));

    public override int Where(int mask, int left, int right, in Shape shape) => Add(NodeKind.Where, shape, where(Value(mask), Value(left), Value(right)), left, right);

    public override int Linear(int x, Parameter weight, Parameter? bias, Activation activation, in Shape shape)
    {
        var slot = Add(NodeKind.Linear, shape, Products.Linear(Value(x), LeafOf(weight), bias is null ? null : LeafOf(bias), activation, shape), x);
        ref var node = ref _nodes[slot];
        (node.Code, node.Weight, node.Bias, node.WeightUpdates) = ((byte)activation, weight, bias, weight.Owner.Updates);
        return slot;
    }

    public override int MatMul(int left, int right, bool transposeLeft, bool transposeRight, in Shape shape) =>
        Add(NodeKind.MatMul, shape, Products.MatMul(Value(left), Value(right), transposeLeft, transposeRight), left, right);

    public override int Reduce(Reduction reduction, int x, uint axes, in Shape shape)
    {
        if (axes == 0) return Reshape(x, shape);
        var slot = Add(NodeKind.Reduce, shape, Reductions.Apply(reduction, Value(x), _nodes[x].Shape, axes, shape), x);
        _nodes[slot].Code = (byte)reduction;
        return slot;
    }

    public override int LogSoftmax(int x, int mask) => Normalise(NodeKind.LogSoftmax, x, mask);

    public override int Softmax(int x, int mask) => Normalise(NodeKind.Softmax, x, mask);

    public override int Gather(int x, int indices, int axis, in Shape shape)
    {
        var source = _nodes[x].Shape;
        if (FirstOutside(indices, source[axis]) is { } wrong) throw Picks.Outside(nameof(Gather), wrong.Index, wrong.Place, axis, source);
        return Add(NodeKind.Gather, shape, Choice.Gather(Value(x), Value(indices), axis, vanishes: shape.Rank < source.Rank), x);
    }

    public override int Reshape(int x, in Shape shape) => Add(NodeKind.Reshape, shape, Value(x).reshape(HostCopy.Extents(shape)), x);

    public override int Transpose(int x, int firstAxis, int secondAxis, in Shape shape) => Add(NodeKind.Transpose, shape, Value(x).transpose(firstAxis, secondAxis), x);

    public override int Slice(int x, int axis, int start, in Shape shape) => Add(NodeKind.Slice, shape, Value(x).narrow(axis, start, shape[axis]), x);

    public override int Concat(ReadOnlySpan<int> slots, int axis, in Shape shape)
    {
        var parts = new Native[slots.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = Value(slots[i]);
        var slot = Add(NodeKind.Concat, shape, cat(parts, axis));
        AddParts(slot, slots);
        return slot;
    }

    public override int Detach(int x) => Add(NodeKind.Detach, _nodes[x].Shape, Value(x).detach());

    public override int Apply(Operator operation, ReadOnlySpan<int> inputs, in OperatorSettings settings, in Shape shape)
    {
        var slot = Add(NodeKind.Apply, shape, TorchOperators.Of(operation).Apply(new(this, inputs, settings, shape)));
        ref var node = ref _nodes[slot];
        node.Code = (byte)operation;
        if (settings.Weight is { } weight) (node.Weight, node.WeightUpdates) = (weight, weight.Owner.Updates);
        AddParts(slot, inputs);
        return slot;
    }

    public override int Order(int x, bool descending, in Shape shape, int count)
    {
        var slot = Add(NodeKind.Indices, shape, Choice.Order(Value(x), descending, count, shape));
        (_nodes[slot].First, _nodes[slot].Second) = (0, _nodes[x].Shape[-1] - 1);
        return slot;
    }

    public override int Combine(MaskOperation operation, int left, int right, in Shape shape) =>
        AddMask(shape, Elementwise.Combine(operation, Value(left), right < 0 ? null : Value(right)));

    public override void CopyIndices(int slot, Span<int> destination) => HostCopy.ToIntegers(Value(slot), destination);

    public override void CopyMask(int slot, Span<bool> destination) => HostCopy.ToBooleans(Value(slot), destination);

    public override int Checkpoint(Func<Tensor, Tensor> function, int x)
    {
        using var step = Step.Begin(Device, Gradient.None);
        var inner = (TorchTape)TapeStack.Current;
        var result = function(inner.Input(Value(x), recorded: false));
        using var alone = inner.Value(result.SlotOn(inner)).detach();
        var value = alone.clone();
        if (Gradient == Gradient.Recorded) value.requires_grad_(true);
        var slot = Add(NodeKind.Checkpoint, result.Shape, value, x);
        _nodes[slot].First = _functions.Count;
        _functions.Add(function);
        return slot;
    }

    public override void CopyTo(int slot, Span<float> destination) => HostCopy.ToFloats(Value(slot), destination);

    public override void Backward(int loss, Parameters parameters)
    {
        if (Gradient == Gradient.None) throw new InvalidOperationException("This step was begun without gradients; begin it with Gradient.Recorded to descend in it.");
        if (_nodes[loss].Shape.Count != 1) throw new ArgumentException($"The loss has shape {_nodes[loss].Shape}; reduce it to one number, for example with Mean().", nameof(loss));
        Backward(loss, gradient: null, input: null, parameters);
    }

    public override int FirstNonFinite()
    {
        for (var slot = 0; slot < _count; slot++)
        {
            if (_nodes[slot].Kind is NodeKind.Indices or NodeKind.Mask) continue;
            using var finite = Value(slot).isfinite();
            using var all = finite.all();
            if (!all.item<bool>()) return slot;
        }
        return -1;
    }

    public override void Dispose() => Reset();

    protected override void Reset()
    {
        // The nodes stay readable, so that a stale handle can name its operation.
        for (var slot = 0; slot < _count; slot++)
        {
            _values[slot]?.Dispose();
            _values[slot] = null;
        }
        foreach (var image in _images) image.Dispose();
        _images.Clear();
        _functions.Clear();
        _count = _partCount = 0;
    }

    internal Native Value(int slot) => _values[slot]!;

    internal Shape ExtentsOf(int slot) => _nodes[slot].Shape;

    internal TorchDevice Place => device;

    /// <summary>The leaf of a parameter in libtorch's graph; it lives to the end of the step.</summary>
    internal Native LeafOf(Parameter parameter)
    {
        foreach (var image in _images)
            if (image.Parameters == parameter.Owner && image.Updates == parameter.Owner.Updates) return image.Leaf(parameter);
        var fresh = new ParameterImage(parameter.Owner, device, Gradient == Gradient.Recorded);
        _images.Add(fresh);
        return fresh.Leaf(parameter);
    }

    /// <summary>The first index that is not in [0, extent), and its place; null if there is none.</summary>
    internal (int Index, int Place)? FirstOutside(int indices, int extent)
    {
        ref readonly var node = ref _nodes[indices];
        if (node.Shape.Count == 0 || (node.First >= 0 && node.Second < extent)) return null;
        var values = new int[node.Shape.Count];
        CopyIndices(indices, values);
        var place = Array.FindIndex(values, value => value < 0 || value >= extent);
        return place < 0 ? null : (values[place], place);
    }

    private int Normalise(NodeKind kind, int x, int mask)
    {
        if (mask >= 0 && FirstEmptyRow(mask) is var row and >= 0)
            throw new ArgumentException($"{kind}: row {row} of the mask {_nodes[x].Shape} has no legal element; each row needs at least one.", nameof(mask));
        return Add(kind, _nodes[x].Shape, MaskedSoftmax.Apply(Value(x), mask < 0 ? null : Value(mask), logarithm: kind == NodeKind.LogSoftmax), x);
    }

    private int FirstEmptyRow(int mask)
    {
        ref var node = ref _nodes[mask];
        if (node.First != RowsUnknown) return node.First;
        var values = new bool[node.Shape.Count];
        CopyMask(mask, values);
        return node.First = MaskRows.FirstEmpty(values, node.Shape);
    }

    /// <summary>The variable of a checkpointed function: another tape's values, a leaf of this step's graph.</summary>
    private Tensor Input(Native source, bool recorded)
    {
        var value = source.detach();
        if (recorded) value.requires_grad_(true);
        return new(this, Add(NodeKind.Input, ShapeIn(value), value));
    }

    private void Backward(int from, Native? gradient, Native? input, Parameters parameters)
    {
        StaleWeights.ThrowIfReached(_nodes, _parts, from, parameters);
        _targets.Clear();
        foreach (var image in _images)
            if (image.Parameters == parameters) image.Prepare(_targets);
        if (input is not null) _targets.Add(input);
        for (var slot = 0; slot <= from; slot++)
            if (_nodes[slot].Kind == NodeKind.Checkpoint) _targets.Add(Value(slot));
        Descend(Value(from), gradient);
        // The gradient of a checkpoint is complete once all that came later is done; what it was computed from comes earlier.
        for (var slot = from; slot >= 0; slot--)
            if (_nodes[slot].Kind == NodeKind.Checkpoint) Recompute(slot, parameters);
        foreach (var image in _images)
            if (image.Parameters == parameters) image.Collect();
    }

    private void Descend(Native from, Native? gradient)
    {
        if (_targets.Count > 0 && from.requires_grad) autograd.backward([from], gradient is null ? null : [gradient], retain_graph: true, create_graph: false, _targets);
    }

    private void Recompute(int slot, Parameters parameters)
    {
        using var gradient = Value(slot).grad;
        if (gradient is null) return;
        Value(slot).grad = null;
        var source = Value(_nodes[slot].Left);
        using var step = Step.Begin(Device);
        var inner = (TorchTape)TapeStack.Current;
        var variable = inner.Input(source, source.requires_grad);
        var result = _functions[_nodes[slot].First](variable);
        if (!Same(inner.Value(result.SlotOn(inner)), Value(slot)))
            throw new InvalidOperationException("Checkpoint: the function gave another result when it was computed anew, so its gradient would be wrong. It must depend on its input, parameters that were not updated since, and constants alone.");
        var input = inner.Value(variable.Slot);
        inner.Backward(result.Slot, gradient, source.requires_grad ? input : null, parameters);
        using var onward = source.requires_grad ? input.grad : null;
        if (onward is not null) Descend(source, onward);
    }

    private static bool Same(Native left, Native right)
    {
        // Not a comparison of floats: a NaN that was there before is the same.
        if (!left.shape.AsSpan().SequenceEqual(right.shape)) return false;
        using var equal = left.eq(right);
        using var leftOdd = left.isnan();
        using var rightOdd = right.isnan();
        using var both = leftOdd.logical_and(rightOdd);
        using var same = equal.logical_or(both);
        using var all = same.all();
        return all.item<bool>();
    }

    private int AddMask(in Shape shape, Native value)
    {
        var slot = Add(NodeKind.Mask, shape, value);
        _nodes[slot].First = RowsUnknown;
        return slot;
    }

    private int Add(NodeKind kind, in Shape shape, Native value, int left = -1, int right = -1)
    {
        if (_count == _nodes.Length) Grow(value);
        _values[_count] = value;
        ref var node = ref _nodes[_count];
        node = default;
        (node.Kind, node.Shape, node.Left, node.Right, node.Selector) = (kind, shape, left, right, -1);
        return _count++;
    }

    private void AddParts(int slot, ReadOnlySpan<int> slots)
    {
        if (_partCount + slots.Length > _parts.Length) Array.Resize(ref _parts, 2 * (_partCount + slots.Length));
        slots.CopyTo(_parts.AsSpan(_partCount));
        (_nodes[slot].Left, _nodes[slot].Right) = (_partCount, _partCount += slots.Length);
    }

    private void Grow(Native homeless)
    {
        if (_count > MaximumSlot)
        {
            homeless.Dispose();
            throw new InvalidOperationException($"A step holds at most {MaximumSlot + 1} operations; end it and begin another.");
        }
        Array.Resize(ref _nodes, 2 * _count);
        Array.Resize(ref _values, 2 * _count);
    }

    private static Shape ShapeIn(Native value)
    {
        Span<int> extents = stackalloc int[(int)value.dim()];
        for (var i = 0; i < extents.Length; i++) extents[i] = (int)value.size(i);
        return new(extents);
    }
}
