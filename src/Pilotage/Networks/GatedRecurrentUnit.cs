using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>A gated recurrent unit: one step, or unrolled over time with the state cut where episodes begin.</summary>
/// <remarks>
/// Cho et al., arXiv:1406.1078, with the reset gate behind the state's product and a bias on both sides, as the widely used libraries compute it:
/// r = sigmoid(x Wr + br + h Ur + cr), z alike, n = tanh(x Wn + bn + r (h Un + cn)), h' = (1 - z) n + z h. The state begins at zero.
/// </remarks>
public sealed class GatedRecurrentUnit
{
    private readonly Linear _input;
    private readonly Linear _state;
    private readonly string _name;

    /// <summary>Adds the parameters: orthogonal weights with gain 1, which neither blow up nor starve what is carried over time (arXiv:1312.6120), and zero biases.</summary>
    /// <param name="parameters">Receives <c>name.input.weight</c> [in, 3 units], <c>name.state.weight</c> [units, 3 units] and a bias [3 units] of each; the gates in the order reset, update, candidate.</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="inputs">Numbers per row, at least 1.</param>
    /// <param name="units">Numbers of the state, at least 1.</param>
    /// <param name="random">The stream to draw from.</param>
    public GatedRecurrentUnit(Parameters parameters, string name, int inputs, int units, ref Randomness random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        (_name, Inputs, Units) = (name, inputs, units);
        _input = new(parameters, $"{name}.input", inputs, 3 * units, ref random);
        _state = new(parameters, $"{name}.state", units, 3 * units, ref random);
    }

    /// <summary>Numbers per input row.</summary>
    public int Inputs { get; }

    /// <summary>Numbers of the state.</summary>
    public int Units { get; }

    /// <summary>One step.</summary>
    /// <param name="x">[rows, inputs].</param>
    /// <param name="state">[rows, units]; zeros where an episode begins.</param>
    /// <returns>The new state, which is also the output, [rows, units].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Step(Tensor x, Tensor state)
    {
        var (shape, held) = (x.Shape, state.Shape);
        if (shape.Rank != 2 || shape[1] != Inputs || held != new Shape(shape[0], Units))
            throw new ArgumentException($"GatedRecurrentUnit {_name}: input {shape}, state {held} do not fit; wanted [rows, {Inputs}] and [rows, {Units}].", nameof(x));
        return _input.Forward(x).Recur(_state.Forward(state), state);
    }

    /// <summary>Steps through a sequence.</summary>
    /// <param name="x">[time, rows, inputs], time at least 1.</param>
    /// <param name="state">Before the first step, [rows, units].</param>
    /// <param name="begins">[time, rows]: whether a row's episode begins with this step; the state is zero there and no gradient passes. Empty where none begins.</param>
    /// <returns>The state after each step, [time, rows, units].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <remarks>The same bits as step by step: the inputs' products are taken together, and a row's result does not depend on other rows.</remarks>
    public Tensor Unroll(Tensor x, Tensor state, ReadOnlySpan<bool> begins = default)
    {
        Unrolling.Check(nameof(GatedRecurrentUnit), _name, x.Shape, state.Shape, begins.Length, Inputs, Units);
        var (time, rows) = (x.Shape[0], x.Shape[1]);
        var gates = _input.Forward(x);                                                   // [time, rows, 3 units]
        var states = Unrolling.Rent(time);
        try
        {
            for (var t = 0; t < time; t++)
            {
                if (!begins.IsEmpty) state = state.Cut(begins.Slice(t * rows, rows));
                states[t] = state = gates.At(t).Recur(_state.Forward(state), state);
            }
            return Unrolling.Join(states.AsSpan(0, time), rows, Units);
        }
        finally
        {
            Unrolling.Return(states);
        }
    }
}
