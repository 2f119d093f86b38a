using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>A long short-term memory: one step, or unrolled over time with the state cut where episodes begin.</summary>
/// <remarks>
/// Hochreiter and Schmidhuber, "Long short-term memory", 1997, with the forget gate of Gers et al., 2000:
/// i, f, o = sigmoid(x W + h U + b), g = tanh(x W + h U + b), c' = f c + i g, h' = o tanh(c'). Hidden state and cell begin at zero.
/// </remarks>
public sealed class LongShortTermMemory
{
    private readonly Linear _input;
    private readonly Linear _state;
    private readonly string _name;

    /// <summary>Adds the parameters: orthogonal weights with gain 1, zero biases but 1 for the forget gate, so that the cell holds what it has at first (Jozefowicz et al., ICML 2015, section 2.2).</summary>
    /// <param name="parameters">Receives <c>name.input.weight</c> [in, 4 units], <c>name.input.bias</c> [4 units], <c>name.state.weight</c> [units, 4 units]; the gates in the order input, forget, candidate, output.</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="inputs">Numbers per row, at least 1.</param>
    /// <param name="units">Numbers of the hidden state and of the cell, at least 1.</param>
    /// <param name="random">The stream to draw from.</param>
    public LongShortTermMemory(Parameters parameters, string name, int inputs, int units, ref Randomness random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        (_name, Inputs, Units) = (name, inputs, units);
        _input = new(parameters, $"{name}.input", inputs, 4 * units, ref random);
        _state = new(parameters, $"{name}.state", units, 4 * units, ref random, hasBias: false);
        _input.Bias!.Values.Slice(units, units).Fill(1);
    }

    /// <summary>Numbers per input row.</summary>
    public int Inputs { get; }

    /// <summary>Numbers of the hidden state and of the cell.</summary>
    public int Units { get; }

    /// <summary>One step.</summary>
    /// <param name="x">[rows, inputs].</param>
    /// <param name="hidden">[rows, units]; zeros where an episode begins.</param>
    /// <param name="cell">[rows, units]; zeros where an episode begins.</param>
    /// <returns>The new hidden state, which is also the output, and the new cell, each [rows, units].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public (Tensor Hidden, Tensor Cell) Step(Tensor x, Tensor hidden, Tensor cell)
    {
        var (shape, held) = (x.Shape, new Shape(x.Shape.Rank == 2 ? x.Shape[0] : 0, Units));
        if (shape.Rank != 2 || shape[1] != Inputs || hidden.Shape != held || cell.Shape != held)
            throw new ArgumentException($"LongShortTermMemory {_name}: input {shape}, hidden {hidden.Shape}, cell {cell.Shape} do not fit; wanted [rows, {Inputs}] and twice [rows, {Units}].", nameof(x));
        return Step(_input.Forward(x) + _state.Forward(hidden), cell);
    }

    /// <summary>Steps through a sequence.</summary>
    /// <param name="x">[time, rows, inputs], time at least 1.</param>
    /// <param name="hidden">Before the first step, [rows, units].</param>
    /// <param name="cell">Before the first step, [rows, units].</param>
    /// <param name="begins">[time, rows]: whether a row's episode begins with this step; hidden state and cell are zero there and no gradient passes. Empty where none begins.</param>
    /// <returns>The hidden state after each step, [time, rows, units], and the hidden state and the cell after the last one, each [rows, units].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <remarks>The same bits as step by step.</remarks>
    public (Tensor Outputs, Tensor Hidden, Tensor Cell) Unroll(Tensor x, Tensor hidden, Tensor cell, ReadOnlySpan<bool> begins = default)
    {
        Unrolling.Check(nameof(LongShortTermMemory), _name, x.Shape, hidden.Shape, begins.Length, Inputs, Units);
        Unrolling.Check(nameof(LongShortTermMemory), _name, x.Shape, cell.Shape, begins.Length, Inputs, Units);
        var (time, rows) = (x.Shape[0], x.Shape[1]);
        var gates = _input.Forward(x);                                                   // [time, rows, 4 units]
        var outputs = Unrolling.Rent(time);
        try
        {
            for (var t = 0; t < time; t++)
            {
                if (!begins.IsEmpty)
                {
                    var marks = begins.Slice(t * rows, rows);
                    (hidden, cell) = (hidden.Cut(marks), cell.Cut(marks));
                }
                (hidden, cell) = Step(gates.At(t) + _state.Forward(hidden), cell);
                outputs[t] = hidden;
            }
            return (Unrolling.Join(outputs.AsSpan(0, time), rows, Units), hidden, cell);
        }
        finally
        {
            Unrolling.Return(outputs);
        }
    }

    private (Tensor Hidden, Tensor Cell) Step(Tensor gates, Tensor cell)
    {
        var (admit, keep) = (gates.Slice(1, 0, Units).Sigmoid(), gates.Slice(1, Units, Units).Sigmoid());
        var (candidate, show) = (gates.Slice(1, 2 * Units, Units).Tanh(), gates.Slice(1, 3 * Units, Units).Sigmoid());
        var next = keep * cell + admit * candidate;
        return (show * next.Tanh(), next);
    }
}
