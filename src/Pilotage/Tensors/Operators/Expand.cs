using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors.Operators;

/// <summary>A tensor written out in the shape that it broadcasts to; its gradient sums over the repetitions.</summary>
internal sealed class Expand : ManagedOperator
{
    public override OperatorMemory Memory(in OperatorCall call) => new();

    public override unsafe void Forward(in OperatorCall call) => StridedView.Broadcast(call.ShapeOf(0), call.Shape).Read(call.Input(0), call.Value);

    public override unsafe void Backward(in OperatorCall call)
    {
        if (call.Needs(0)) StridedView.Broadcast(call.ShapeOf(0), call.Shape).Add(call.Gradient, call.Sum(0));
    }
}
