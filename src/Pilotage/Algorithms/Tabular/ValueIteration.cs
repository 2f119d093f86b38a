namespace Pilotage.Algorithms.Tabular;

/// <summary>Value iteration on a known process: each value becomes the best that an action promises, until nothing moves.</summary>
/// <remarks>
/// Source: Bellman, "Dynamic programming", 1957; the bound: Puterman, "Markov decision processes", 1994, theorem 6.3.1. Symbols: V_k values after k sweeps, gamma discount.
/// V(s) = max over legal a of R(s, a) + gamma sum over s' of P(s' | s, a) V(s'), in the order of the states, each using the newest values (Gauss-Seidel).
/// A sweep brings V closer to the optimum V* by the factor gamma at least, hence |V_k - V*| is at most gamma / (1 - gamma) |V_k - V_(k-1)|, in the greatest component.
/// </remarks>
public static class ValueIteration
{
    /// <summary>Solves a process.</summary>
    /// <param name="mdp">States, actions, probabilities and rewards.</param>
    /// <param name="discount">gamma, in [0, 1]. With 1, every optimal policy must end, or values grow without limit.</param>
    /// <param name="tolerance">
    /// Sweeps stop when no value can be farther from the optimum than this, above 0. With discount 1 there is no such bound: they stop when none moves by more.
    /// </param>
    /// <param name="maximumSweeps">Gives up after so many, at least 1.</param>
    /// <returns>Values, the greedy policy on them, and the bound. A greedy policy loses at most 2 gamma / (1 - gamma) times the bound.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="RunFailedException">It did not settle: the discount is 1 and rewards can be gathered for ever, or the tolerance is below what doubles resolve.</exception>
    public static MdpSolution Solve(FiniteMdp mdp, double discount, double tolerance = 1e-9, int maximumSweeps = 100_000)
    {
        if (!(discount is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(discount), discount, "The discount must be in [0, 1].");
        if (!(tolerance > 0)) throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be above 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumSweeps, 1);
        var values = new double[mdp.States];
        for (var sweep = 1; sweep <= maximumSweeps; sweep++)
        {
            var moved = Sweep(mdp, values, discount);
            var bound = discount < 1 ? discount / (1 - discount) * moved : double.PositiveInfinity;
            if ((discount < 1 ? bound : moved) <= tolerance) return new(values, Greedy(mdp, values, discount), sweep, bound);
        }
        throw new RunFailedException(FormattableString.Invariant(
            $"Value iteration did not settle within {tolerance} in {maximumSweeps} sweeps at discount {discount}. Lower the discount, or allow more sweeps or a larger tolerance."));
    }

    /// <summary>The greedy policy on values.</summary>
    internal static int[] Greedy(FiniteMdp mdp, ReadOnlySpan<double> values, double discount)
    {
        var actions = new int[mdp.States];
        for (var state = 0; state < actions.Length; state++) actions[state] = mdp.Best(state, values, discount).Action;
        return actions;
    }

    private static double Sweep(FiniteMdp mdp, double[] values, double discount)
    {
        var moved = 0.0;
        for (var state = 0; state < values.Length; state++)
        {
            var value = mdp.Best(state, values, discount).Value;
            moved = Math.Max(moved, Math.Abs(value - values[state]));
            values[state] = value;
        }
        return moved;
    }
}
