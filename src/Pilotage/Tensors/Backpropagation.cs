using Pilotage.Tensors.Kernels;
using Pilotage.Tensors.Operators;

namespace Pilotage.Tensors;

/// <summary>The reverse walk over a step's nodes. Gradients live from the first use of a value to the operation that made it, then their memory is used again.</summary>
/// <param name="kind">Of the gradients' memory.</param>
internal sealed unsafe class Backpropagation(ArenaKind kind = ArenaKind.Plain) : IDisposable
{
    private readonly GradientPool _pool = new(kind);
    private TapeRecord _record;
    private Node[] _nodes = [];
    private int[] _parts = [];
    private Parameters? _parameters;
    private float* _inputGradient;

    /// <summary>Bytes of gradients taken from the system.</summary>
    public long Bytes => _pool.Bytes;

    private Arena Scratch => _record.Scratch;

    /// <summary>Adds the loss's gradient to the buffer of the parameters.</summary>
    /// <param name="record">The step.</param>
    /// <param name="loss">The slot to begin from.</param>
    /// <param name="gradient">Its gradient, copied; null for the 1 of a loss of one element.</param>
    /// <param name="parameters">What gets gradients.</param>
    /// <param name="inputGradient">Gets the gradient of a checkpointed function's input; null where it needs none.</param>
    public void Run(in TapeRecord record, int loss, float* gradient, Parameters parameters, float* inputGradient)
    {
        var nodes = record.Nodes;
        (_record, _nodes, _parts, _parameters) = (record, nodes, record.Parts, parameters);
        _inputGradient = inputGradient;
        MarkNeeded(loss);
        if (!nodes[loss].Needed) return;
        var count = nodes[loss].Shape.Count;
        nodes[loss].Gradient = _pool.Take(count);
        if (gradient == null) *nodes[loss].Gradient = 1;
        else new ReadOnlySpan<float>(gradient, count).CopyTo(new Span<float>(nodes[loss].Gradient, count));
        try
        {
            for (var slot = loss; slot >= 0; slot--)
            {
                if (nodes[slot].Gradient != null) Propagate(ref nodes[slot], slot);
                Release(ref nodes[slot]);
            }
        }
        finally
        {
            // Nothing is left here unless an operation failed.
            for (var slot = 0; slot <= loss; slot++) Release(ref nodes[slot]);
        }
        _pool.EndPass();
    }

    public void Dispose() => _pool.Dispose();

    private void Release(ref Node node)
    {
        if (node.Gradient == null) return;
        _pool.Return(node.Gradient, node.Shape.Count);
        node.Gradient = null;
    }

    /// <summary>Only what lies between the parameters and the loss gets a gradient; other sets' parameters are constants.</summary>
    private void MarkNeeded(int loss)
    {
        for (var slot = 0; slot <= loss; slot++)
        {
            ref var node = ref _nodes[slot];
            node.Needed = node.Kind switch
            {
                NodeKind.Leaf => node.Weight!.Owner == _parameters,
                NodeKind.Linear => node.Weight!.Owner == _parameters || node.Bias?.Owner == _parameters || _nodes[node.Left].Needed,
                NodeKind.Concat => AnyNeeded(Parts(node)),
                NodeKind.Apply => node.Weight?.Owner == _parameters && _parameters is not null || AnyNeeded(Parts(node)),
                // The function's parameters show only when it runs again.
                NodeKind.Checkpoint => true,
                NodeKind.Input => _inputGradient != null,
                _ => (node.Left >= 0 && _nodes[node.Left].Needed) || (node.Right >= 0 && _nodes[node.Right].Needed),
            };
        }
    }

    private bool AnyNeeded(ReadOnlySpan<int> slots)
    {
        foreach (var slot in slots)
            if (slot >= 0 && _nodes[slot].Needed) return true;
        return false;
    }

    private void Propagate(ref Node node, int slot)
    {
        switch (node.Kind)
        {
            case NodeKind.Leaf:
                ThrowIfUpdated(node);
                Elementwise.AddExactly(node.Gradient, node.Weight!.GradientPointer, node.Shape.Count);
                break;
            case NodeKind.Unary: Unary(ref node); break;
            case NodeKind.Binary: Binary(ref node); break;
            case NodeKind.Where: Where(ref node); break;
            case NodeKind.Linear: Linear(ref node); break;
            case NodeKind.MatMul: MatMul(ref node); break;
            case NodeKind.Reduce: Reduce(ref node); break;
            case NodeKind.LogSoftmax or NodeKind.Softmax: Normalise(ref node); break;
            case NodeKind.Gather: Gather(ref node); break;
            case NodeKind.Reshape: Reshape(ref node); break;
            case NodeKind.Transpose:
                StridedView.Transposed(_nodes[node.Left].Shape, node.First, node.Second).Add(node.Gradient, Sum(node.Left));
                break;
            case NodeKind.Slice:
                var whole = _nodes[node.Left].Shape;
                StridedView.Part(whole, node.First, node.Shape[node.First]).Add(node.Gradient, Sum(node.Left) + (long)node.Second * whole.Inner(node.First));
                break;
            case NodeKind.Concat: Concat(ref node); break;
            case NodeKind.Apply: Apply(ref node, slot); break;
            case NodeKind.Checkpoint: Checkpoint(ref node); break;
            case NodeKind.Input: Elementwise.AddExactly(node.Gradient, _inputGradient, node.Shape.Count); break;
        }
    }

    private void Unary(ref Node node)
    {
        ref var input = ref _nodes[node.Left];
        var g = node.Gradient;
        var add = input.Gradient != null;
        if (!add) HandOver(ref node, ref input);
        Elementwise.Backward((UnaryOperation)node.Code, input.Value, node.Value, g, input.Gradient, node.Shape.Count, node.FirstNumber, node.SecondNumber, add);
    }

    private void Binary(ref Node node)
    {
        var operation = (BinaryOperation)node.Code;
        var grid = PairwiseGrid.Of(node.Shape, _nodes[node.Left].Shape, _nodes[node.Right].Shape);
        var (left, right) = (new Operand(node.Kept, grid.First), new Operand(node.KeptRight, grid.Second));
        var handsOver = HandsOver(node, _nodes);
        if (_nodes[node.Left].Needed && !handsOver)
        {
            var d = Direct(node.Left, grid.First, grid, node.Shape);
            Pairwise.BackwardLeft(operation, left, right, node.Gradient, d, grid);
            Fold(node.Left, grid.First, d, grid, node.Shape);
        }
        if (_nodes[node.Right].Needed)
        {
            var d = Direct(node.Right, grid.Second, grid, node.Shape);
            Pairwise.BackwardRight(operation, left, right, node.Gradient, d, grid);
            Fold(node.Right, grid.Second, d, grid, node.Shape);
        }
        if (handsOver) HandOver(ref node, ref _nodes[node.Left]);
    }

    /// <summary>Whether the left operand's gradient is the result's own, and its first: then it takes the memory, as the way past a residual block does.</summary>
    internal static bool HandsOver(in Node node, ReadOnlySpan<Node> nodes)
    {
        ref readonly var left = ref nodes[node.Left];
        return (BinaryOperation)node.Code is BinaryOperation.Add or BinaryOperation.Subtract
            && left.Needed && left.Gradient == null && left.Shape == node.Shape && node.Left != node.Right;
    }

    private void Where(ref Node node)
    {
        var grid = PairwiseGrid.Of(node.Shape, _nodes[node.Selector].Shape, _nodes[node.Left].Shape, _nodes[node.Right].Shape);
        var mask = new Operand(node.Kept, grid.First);
        for (var side = 0; side < 2; side++)
        {
            var (slot, spread) = side == 0 ? (node.Left, grid.Second) : (node.Right, grid.Third);
            if (!_nodes[slot].Needed) continue;
            var d = Direct(slot, spread, grid, node.Shape);
            Pairwise.SelectGradient(mask, side == 0, node.Gradient, d, grid);
            Fold(slot, spread, d, grid, node.Shape);
        }
    }

    private void Linear(ref Node node)
    {
        ref var input = ref _nodes[node.Left];
        var (weight, bias, count) = (node.Weight!, node.Bias, node.Shape.Count);
        var g = node.Gradient;
        var layer = new EnsembleLayer(input.Shape, weight.Shape, node.Shape);
        var activation = (Activation)node.Code;
        if (activation != Activation.None)
            ElementChunks.Backward(LinearLayer.Operation(activation), node.Kept == null ? node.Value : node.Kept, node.Value, g, count, Scratch, _record.Workers);
        var biasGradient = bias?.Owner == _parameters ? bias!.GradientPointer : null;
        if (weight.Owner == _parameters)
            layer.BackwardParameters(input.Value, g, weight.GradientPointer, biasGradient, Scratch, _record.Workers);
        else if (biasGradient != null) layer.BackwardBias(g, biasGradient);
        if (!input.Needed) return;
        ThrowIfUpdated(node);
        var d = Receive(node.Left, out var add);
        layer.BackwardInput(g, weight.ValuePointer, d, add, Scratch, _record.Workers);
    }

    private static void ThrowIfUpdated(in Node node)
    {
        if (node.Weight!.Owner.Updates != node.WeightUpdates)
            throw new InvalidOperationException($"{node.Weight.Name} was updated after this loss was computed with it, so its gradient would be wrong. Add the losses up, or compute the second one anew.");
    }

    private void MatMul(ref Node node)
    {
        ref readonly var left = ref _nodes[node.Left];
        ref readonly var right = ref _nodes[node.Right];
        var product = new BatchedProduct(left.Shape, right.Shape, node.Shape, node.First != 0, node.Second != 0);
        if (left.Needed) product.BackwardLeft(right.Value, node.Gradient, Sum(node.Left), Scratch, _record.Workers);
        if (right.Needed) product.BackwardRight(left.Value, node.Gradient, Sum(node.Right), Scratch, _record.Workers);
    }

    private void Reduce(ref Node node)
    {
        ref readonly var input = ref _nodes[node.Left];
        var (length, inner) = (node.First, node.Second);
        var outer = node.Shape.Count / Math.Max(inner, 1);
        var d = Sum(node.Left);
        switch ((Reduction)node.Code)
        {
            case Reduction.Sum: Reductions.SpreadSum(node.Gradient, d, outer, length, inner, 1); break;
            case Reduction.Mean: Reductions.SpreadSum(node.Gradient, d, outer, length, inner, 1f / length); break;
            case Reduction.Maximum: Reductions.SpreadMaximum(input.Value, node.Value, node.Gradient, d, outer, length, inner); break;
            default: Reductions.SpreadLogSumExp(input.Value, node.Value, node.Gradient, d, outer, length, inner); break;
        }
    }

    private void Normalise(ref Node node)
    {
        var columns = node.Shape.Rank == 0 ? 1 : node.Shape[-1];
        var rows = node.Shape.Count / Math.Max(columns, 1);
        var legal = node.Selector < 0 ? null : (int*)_nodes[node.Selector].Value;
        var d = Receive(node.Left, out var add);
        Softmaxes.Backward(node.Value, legal, node.Gradient, d, rows, columns, node.Kind == NodeKind.LogSoftmax, add);
    }

    private void Gather(ref Node node)
    {
        var source = _nodes[node.Left].Shape;
        Picks.Scatter(node.Gradient, (int*)_nodes[node.Selector].Value, Sum(node.Left), source.Outer(node.First), source[node.First], source.Inner(node.First), node.Shape.Count);
    }

    private void Reshape(ref Node node)
    {
        ref var input = ref _nodes[node.Left];
        if (input.Gradient == null) HandOver(ref node, ref input);
        else Elementwise.Pass(node.Gradient, input.Gradient, node.Shape.Count, add: true);
    }

    private void Concat(ref Node node)
    {
        var g = node.Gradient;
        for (var i = node.Left; i < node.Right; i++)
        {
            var part = _nodes[_parts[i]].Shape;
            var view = StridedView.Part(node.Shape, node.First, part[node.First]);
            if (_nodes[_parts[i]].Needed)
            {
                var d = Receive(_parts[i], out var add);
                var mark = Scratch.Mark;
                var piece = add ? Scratch.Take(part.Count) : d;
                view.Read(g, piece);
                if (add) Elementwise.Pass(piece, d, part.Count, add: true);
                Scratch.Release(mark);
            }
            g += (long)part[node.First] * node.Shape.Inner(node.First);
        }
    }

    private void Apply(ref Node node, int slot)
    {
        if (node.Weight is not null) ThrowIfUpdated(node);
        var implementation = ManagedOperators.Of((Operator)node.Code);
        var call = new OperatorCall(_nodes, slot, Parts(node), _record.Settings[node.First], this) { Workers = _record.Workers, Arena = Scratch };
        var scratch = implementation.Memory(call).BackwardScratch;
        var mark = Scratch.Mark;
        implementation.Backward(call with { Scratch = scratch > 0 ? Scratch.Take(scratch) : null });
        Scratch.Release(mark);
    }

    private void Checkpoint(ref Node node)
    {
        ref var input = ref _nodes[node.Left];
        using var step = Step.Begin(_record.Device);
        var inner = (ManagedTape)TapeStack.Current;
        var result = _record.Functions[node.First](inner.Input(input));
        var slot = result.SlotOn(inner);
        if (!inner.Holds(slot, node)) throw new InvalidOperationException("Checkpoint: the function gave another result when it was computed anew, so its gradient would be wrong. It must depend on its input, parameters that were not updated since, and constants alone.");
        inner.Backward(slot, node.Gradient, _parameters!, input.Needed ? Sum(node.Left) : null);
    }

    private ReadOnlySpan<int> Parts(in Node node) => _parts.AsSpan(node.Left, node.Right - node.Left);

    /// <summary>Gives the gradient's memory to the input, whose first gradient this is and whose size is the same.</summary>
    private static void HandOver(ref Node node, ref Node input)
    {
        input.Gradient = node.Gradient;
        node.Gradient = null;
    }

    /// <summary>Where a parameter's gradient goes; null if it is a constant to this pass.</summary>
    public float* GradientOf(Parameter parameter) => parameter.Owner == _parameters ? parameter.GradientPointer : null;

    /// <summary>The gradient buffer of an input: to write where it is the first gradient, else to add to.</summary>
    public float* Receive(int slot, out bool add)
    {
        ref var node = ref _nodes[slot];
        add = node.Gradient != null;
        if (!add) node.Gradient = _pool.Take(node.Shape.Count);
        return node.Gradient;
    }

    /// <summary>The gradient buffer of an input, zero where it is the first gradient.</summary>
    public float* Sum(int slot)
    {
        var buffer = Receive(slot, out var add);
        if (!add) new Span<float>(buffer, _nodes[slot].Shape.Count).Clear();
        return buffer;
    }

    /// <summary>Where a pairwise gradient goes: to the input itself, or to a buffer of the result's size that <see cref="Fold"/> sums over the broadcast axes.</summary>
    private OperandGradient Direct(int slot, Spread spread, in PairwiseGrid grid, in Shape shape)
    {
        if (spread == Spread.Each) return new(Receive(slot, out var add), spread, add, null);
        if (spread is Spread.Row or Spread.Column) return new(Sum(slot), spread, true, spread == Spread.Row ? null : _pool.Take(grid.Columns));
        return new(_pool.Take(shape.Count), Spread.Each, false, null);
    }

    private void Fold(int slot, Spread spread, in OperandGradient gradient, in PairwiseGrid grid, in Shape shape)
    {
        if (spread is Spread.Each or Spread.Row) return;
        if (spread == Spread.Column)
        {
            _pool.Return(gradient.Line, grid.Columns);
            return;
        }
        StridedView.Broadcast(_nodes[slot].Shape, shape).Add(gradient.Values, Sum(slot));
        _pool.Return(gradient.Values, shape.Count);
    }
}
