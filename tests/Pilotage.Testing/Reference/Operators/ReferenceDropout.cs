namespace Pilotage.Testing.Reference.Operators;

/// <summary>Dropout with the mask drawn from the public stream of the key: two elements from each draw, the lower half first.</summary>
internal sealed class ReferenceDropout : ReferenceOperator
{
    public override (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call)
    {
        var (x, rate) = (call.Input(0), (double)call.Settings.Number);
        var random = new Randomness(call.Settings.Key);
        var factors = new double[x.Values.Length];
        ulong bits = 0;
        for (var i = 0; i < factors.Length; i++)
        {
            bits = i % 2 == 0 ? random.NextBits() : bits >> 32;
            factors[i] = (bits & uint.MaxValue) / 4294967296.0 < rate ? 0 : 1 / (1 - rate);
        }
        return ([.. factors.Select((factor, i) => factor == 0 ? 0 : factor * x.Values[i])], Backward);

        void Backward(double[] adjoint)
        {
            for (var i = 0; i < factors.Length; i++) x.Accumulate(i, adjoint[i] * factors[i]);
        }
    }
}
