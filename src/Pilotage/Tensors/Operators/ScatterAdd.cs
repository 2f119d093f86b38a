using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors.Operators;

/// <summary>Sums elements into the places that indices name, in the order of the elements; its gradient gathers.</summary>
internal sealed unsafe class ScatterAdd : ManagedOperator
{
    public override OperatorMemory Memory(in OperatorCall call) => new();

    public override void Forward(in OperatorCall call)
    {
        var (axis, shape, count) = (call.Settings.First, call.Shape, call.ShapeOf(0).Count);
        var indices = call.Integers(1);
        var wrong = Picks.FirstOutside(indices, shape[axis], count);
        if (wrong >= 0) throw Picks.Outside(Operator.ScatterAdd, indices[wrong], wrong, axis, shape);
        new Span<float>(call.Value, shape.Count).Clear();
        Picks.Scatter(call.Input(0), indices, call.Value, shape.Outer(axis), shape[axis], shape.Inner(axis), count);
    }

    public override void Backward(in OperatorCall call)
    {
        if (!call.Needs(0)) return;
        var (axis, source) = (call.Settings.First, call.ShapeOf(0));
        var (extent, inner, picks) = (call.Shape[axis], source.Inner(axis), source[axis]);
        var g = call.Gradient;
        var d = call.Receive(0, out var add);
        var indices = call.Integers(1);
        if (source.Count == 0) return;
        for (var o = source.Outer(axis); o > 0; o--, g += (long)extent * inner)
            for (var p = 0; p < picks; p++)
                for (var i = 0; i < inner; i++, d++)
                {
                    var gradient = g[(long)*indices++ * inner + i];
                    *d = add ? *d + gradient : gradient;
                }
    }
}
