namespace Pilotage.Testing.Reference.Operators;

/// <summary>A gated recurrent unit, element by element.</summary>
internal sealed class ReferenceGatedRecurrence : ReferenceOperator
{
    public override (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call)
    {
        var (x, h, state, columns) = (call.Input(0), call.Input(1), call.Input(2), call.Shape[1]);
        var values = new double[call.Shape.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (_, update, candidate, _) = Gates(i);
            values[i] = (1 - update) * candidate + update * state.Values[i];
        }
        return (values, Backward);

        void Backward(double[] adjoint)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var (reset, update, candidate, at) = Gates(i);
                var toCandidate = adjoint[i] * (1 - update) * (1 - candidate * candidate);
                var toUpdate = adjoint[i] * (state.Values[i] - candidate) * update * (1 - update);
                var toReset = toCandidate * h.Values[at + 2 * columns] * reset * (1 - reset);
                state.Accumulate(i, adjoint[i] * update);
                foreach (var gates in new[] { x, h })
                {
                    gates.Accumulate(at, toReset);
                    gates.Accumulate(at + columns, toUpdate);
                }
                x.Accumulate(at + 2 * columns, toCandidate);
                h.Accumulate(at + 2 * columns, toCandidate * reset);
            }
        }

        (double Reset, double Update, double Candidate, int At) Gates(int i)
        {
            var at = i / columns * 3 * columns + i % columns;
            var reset = Sigmoid(x.Values[at] + h.Values[at]);
            return (reset, Sigmoid(x.Values[at + columns] + h.Values[at + columns]), Math.Tanh(x.Values[at + 2 * columns] + reset * h.Values[at + 2 * columns]), at);
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
