namespace Pilotage.Testing.Reference.Operators;

/// <summary>Sums of elements at the places that indices name.</summary>
internal sealed class ReferenceScatterAdd : ReferenceOperator
{
    public override (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call)
    {
        var (x, picks, indexShape) = (call.Input(0), call.Indices[1]!.Value.Values, call.Indices[1]!.Value.Shape);
        var places = ReferenceIndex.Gathered(indexShape, picks, call.Shape, call.Settings.First);
        var values = new double[call.Shape.Count];
        for (var i = 0; i < places.Length; i++) values[places[i]] += x.Values[i];
        return (values, Backward);

        void Backward(double[] adjoint)
        {
            for (var i = 0; i < places.Length; i++) x.Accumulate(i, adjoint[places[i]]);
        }
    }
}
