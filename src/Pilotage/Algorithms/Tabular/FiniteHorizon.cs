namespace Pilotage.Algorithms.Tabular;

/// <summary>Exact dynamic programming over a fixed number of steps: backward induction, one policy for each step.</summary>
/// <remarks>
/// Source: Bellman, "Dynamic programming", 1957. Symbols: T horizon, t steps taken, V_t values with T - t steps left, gamma discount.
/// V_T(s) = what the end is worth; V_t(s) = max over legal a of R(s, a) + gamma sum over s' of P(s' | s, a) V_(t+1)(s'). O(T times transitions), exact but for rounding.
/// </remarks>
public static class FiniteHorizon
{
    /// <summary>Solves a process over some steps.</summary>
    /// <param name="mdp">States, actions, probabilities and rewards.</param>
    /// <param name="horizon">T, at least 0.</param>
    /// <param name="discount">gamma, in [0, 1].</param>
    /// <param name="finalValues">V_T, [states]; empty for 0. Counts in states that do not end; a terminal state is worth 0 at all times.</param>
    /// <returns>Values and actions of every step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="ArgumentException"><paramref name="finalValues"/> has another length.</exception>
    public static FiniteHorizonSolution Solve(FiniteMdp mdp, int horizon, double discount = 1, ReadOnlySpan<double> finalValues = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        if (!(discount is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(discount), discount, "The discount must be in [0, 1].");
        if (!finalValues.IsEmpty && finalValues.Length != mdp.States) throw new ArgumentException($"{finalValues.Length} final values were given for {mdp.States} states.", nameof(finalValues));
        var (values, actions) = (new double[horizon + 1][], new int[horizon][]);
        values[horizon] = new double[mdp.States];
        for (var state = 0; state < mdp.States && !finalValues.IsEmpty; state++)
            if (!mdp.IsTerminal(state)) values[horizon][state] = finalValues[state];
        for (var t = horizon - 1; t >= 0; t--)
        {
            (values[t], actions[t]) = (new double[mdp.States], new int[mdp.States]);
            for (var state = 0; state < mdp.States; state++) (actions[t][state], values[t][state]) = mdp.Best(state, values[t + 1], discount);
        }
        return new(values, actions);
    }
}
