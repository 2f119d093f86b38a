using Pilotage.Tensors.Kernels;
using Pilotage.Tensors.Operators;

namespace Pilotage.Tensors.Planning;

/// <summary>The gradients that <see cref="Backpropagation"/> takes and gives back, in the same order, counted alone.</summary>
internal sealed unsafe class PlannedBackpropagation : IDisposable
{
    private readonly GradientPool _pool = new(kind: ArenaKind.Planned);

    public long Bytes => _pool.Bytes;

    public void Run(PlanningTape tape, int loss, Parameters parameters, bool inputNeeded)
    {
        for (var slot = 0; slot <= loss; slot++) tape[slot].Needed = Needed(tape, tape[slot], parameters, inputNeeded);
        if (!tape[loss].Needed) return;
        Receive(ref tape[loss]);
        for (var slot = loss; slot >= 0; slot--)
        {
            ref var node = ref tape[slot];
            if (node.Gradient == null) continue;
            Propagate(tape, slot, parameters);
            if (node.Gradient != null) _pool.Return(node.Gradient, node.Shape.Count);
            node.Gradient = null;
        }
    }

    public void Dispose() => _pool.Dispose();

    private static bool Needed(PlanningTape tape, in Node node, Parameters parameters, bool inputNeeded)
    {
        switch (node.Kind)
        {
            case NodeKind.Leaf: return node.Weight!.Owner == parameters;
            case NodeKind.Linear when node.Weight!.Owner == parameters || node.Bias?.Owner == parameters: return true;
            case NodeKind.Apply when node.Weight?.Owner == parameters: return true;
            case NodeKind.Checkpoint: return true;
            case NodeKind.Input: return inputNeeded;
            case NodeKind.Concat or NodeKind.Apply:
                foreach (var part in tape.PartsOf(node))
                    if (part >= 0 && tape[part].Needed) return true;
                return false;
            default: return (node.Left >= 0 && tape[node.Left].Needed) || (node.Right >= 0 && tape[node.Right].Needed);
        }
    }

    private void Propagate(PlanningTape tape, int slot, Parameters parameters)
    {
        ref var node = ref tape[slot];
        switch (node.Kind)
        {
            case NodeKind.Leaf or NodeKind.Input: return;
            case NodeKind.Unary or NodeKind.Reshape:
                ref var input = ref tape[node.Left];
                if (input.Gradient != null) return;
                input.Gradient = node.Gradient;
                node.Gradient = null;
                return;
            case NodeKind.Concat or NodeKind.Apply:
                foreach (var part in tape.PartsOf(node))
                    if (part >= 0 && tape[part].Needed) Receive(ref tape[part]);
                if (node.Kind == NodeKind.Apply) tape.Temporarily(ManagedOperators.Of((Operator)node.Code).Memory(tape.CallOf(slot)).BackwardScratch);
                return;
            case NodeKind.Checkpoint:
                if (tape[node.Left].Needed) Receive(ref tape[node.Left]);
                tape.Recompute(node, parameters, tape[node.Left].Needed);
                return;
            case NodeKind.Binary:
                var pair = PairwiseGrid.Of(node.Shape, tape[node.Left].Shape, tape[node.Right].Shape);
                var handsOver = Backpropagation.HandsOver(node, tape.Nodes);
                if (!handsOver) ReceiveFolded(tape, node.Left, pair.First, pair, node.Shape);
                ReceiveFolded(tape, node.Right, pair.Second, pair, node.Shape);
                if (!handsOver) return;
                tape[node.Left].Gradient = node.Gradient;
                node.Gradient = null;
                return;
            case NodeKind.Where:
                var three = PairwiseGrid.Of(node.Shape, tape[node.Selector].Shape, tape[node.Left].Shape, tape[node.Right].Shape);
                ReceiveFolded(tape, node.Left, three.Second, three, node.Shape);
                ReceiveFolded(tape, node.Right, three.Third, three, node.Shape);
                return;
            default:
                if (tape[node.Left].Needed) Receive(ref tape[node.Left]);
                if (node.Right >= 0 && tape[node.Right].Needed) Receive(ref tape[node.Right]);
                if (node.Kind == NodeKind.Linear) tape.Temporarily(new EnsembleLayer(tape[node.Left].Shape, node.Weight!.Shape, node.Shape).BackwardScratch);
                return;
        }
    }

    private void Receive(ref Node node)
    {
        if (node.Gradient == null) node.Gradient = _pool.Take(node.Shape.Count);
    }

    /// <summary>The gradient of an operand that broadcasts goes through a line or a buffer of the result's size.</summary>
    private void ReceiveFolded(PlanningTape tape, int slot, Spread spread, in PairwiseGrid grid, in Shape shape)
    {
        if (!tape[slot].Needed) return;
        var count = spread switch { Spread.One or Spread.Copied => shape.Count, Spread.Column => grid.Columns, _ => -1 };
        if (spread == Spread.Column) Receive(ref tape[slot]);
        var buffer = count < 0 ? null : _pool.Take(count);
        Receive(ref tape[slot]);
        if (count >= 0) _pool.Return(buffer, count);
    }
}
