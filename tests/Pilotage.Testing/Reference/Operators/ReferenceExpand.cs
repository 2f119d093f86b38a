namespace Pilotage.Testing.Reference.Operators;

/// <summary>Repetition along axes of extent 1 and missing leading axes.</summary>
internal sealed class ReferenceExpand : ReferenceOperator
{
    public override (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call)
    {
        var x = call.Input(0);
        var places = ReferenceIndex.Broadcast(call.Shape, x.Shape);
        return ([.. places.Select(place => x.Values[place])], Backward);

        void Backward(double[] adjoint)
        {
            for (var i = 0; i < places.Length; i++) x.Accumulate(places[i], adjoint[i]);
        }
    }
}
