using Pilotage.Tensors;

namespace Pilotage.Testing.Reference.Operators;

/// <summary>Running sums, each from its definition: the sum over all places up to its own.</summary>
internal sealed class ReferenceCumulativeSum : ReferenceOperator
{
    public override (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call)
    {
        var (x, shape, axis) = (call.Input(0), call.Shape, call.Settings.First);
        var values = new double[shape.Count];
        Earlier(shape, axis, (earlier, place) => values[place] += x.Values[earlier]);
        return (values, adjoint => Earlier(shape, axis, (earlier, place) => x.Accumulate(earlier, adjoint[place])));
    }

    /// <summary>All pairs of a place and one at or before it on the axis.</summary>
    internal static void Earlier(Shape shape, int axis, Action<int, int> visit)
    {
        for (var place = 0; place < shape.Count; place++)
            for (var back = ReferenceIndex.Coordinates(place, shape)[axis]; back >= 0; back--) visit(place - back * shape.Inner(axis), place);
    }
}
