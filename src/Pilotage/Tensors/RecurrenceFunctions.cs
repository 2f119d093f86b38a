namespace Pilotage.Tensors;

/// <summary>Gated recurrence. It reads as a member: <c>gates.Recur(stateGates, state)</c>.</summary>
public static class RecurrenceFunctions
{
    extension(Tensor tensor)
    {
        /// <summary>The new state of a gated recurrent unit from its gates before activation: (1 - z) tanh(c + r c') + z state, with r = sigmoid(..), z = sigmoid(..) of the summed gates.</summary>
        /// <param name="stateGates">[rows, 3 n], a linear function of the state: reset, update, candidate. The tensor is the same of the input.</param>
        /// <param name="state">[rows, n].</param>
        /// <returns>[rows, n].</returns>
        /// <exception cref="ArgumentException">The shapes do not fit.</exception>
        /// <remarks>Cho et al., arXiv:1406.1078, in the form whose reset gate acts after the state's product, as the widely used libraries compute it.</remarks>
        public Tensor Recur(Tensor stateGates, Tensor state)
        {
            var (x, h, s) = (tensor.Shape, stateGates.Shape, state.Shape);
            if (s.Rank != 2 || x.Rank != 2 || x != h || x[0] != s[0] || x[1] != 3L * s[1]) throw new ArgumentException($"Recur: gates {x} and {h}, state {s} do not fit; wanted twice [rows, 3 n] and [rows, n].");
            return tensor.Apply(Operator.GatedRecurrence, s, default, stateGates.SlotOn(tensor.Tape), state.SlotOn(tensor.Tape));
        }
    }
}
