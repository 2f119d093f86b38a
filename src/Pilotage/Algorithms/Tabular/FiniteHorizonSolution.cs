namespace Pilotage.Algorithms.Tabular;

/// <summary>What <see cref="FiniteHorizon"/> found: an action for each state at each step.</summary>
public sealed class FiniteHorizonSolution
{
    private readonly double[][] _values;
    private readonly int[][] _actions;

    internal FiniteHorizonSolution(double[][] values, int[][] actions) => (_values, _actions) = (values, actions);

    /// <summary>T, the number of steps.</summary>
    public int Horizon => _actions.Length;

    /// <summary>V_t: what the best policy earns from step t on.</summary>
    /// <param name="time">t, steps taken, in [0, <see cref="Horizon"/>].</param>
    /// <returns>[states].</returns>
    public ReadOnlySpan<double> Values(int time) => _values[time];

    /// <summary>The best legal action of each state at step t, the first of equals; -1 in terminal states.</summary>
    /// <param name="time">t, steps taken, in [0, <see cref="Horizon"/>).</param>
    /// <returns>[states].</returns>
    public ReadOnlySpan<int> Actions(int time) => _actions[time];
}
