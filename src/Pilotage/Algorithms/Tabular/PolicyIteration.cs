using Pilotage.Numerics;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Policy iteration on a known process: value the policy exactly, take what is better everywhere, until nothing is.</summary>
/// <remarks>
/// Source: Howard, "Dynamic programming and Markov processes", 1960. Symbols: pi policy, V values, gamma discount. V = R_pi + gamma P_pi V is solved by elimination
/// up to <see cref="LargestElimination"/> states that do not end, by Gauss-Seidel sweeps to the last digits above. The first policy takes, in each state, the first action that
/// may come closer to an end: with discount 1 a policy must end to have a value at all.
/// </remarks>
public static class PolicyIteration
{
    /// <summary>Up to so many states the linear system is eliminated: 0.1 s and 4 MB an evaluation.</summary>
    public const int LargestElimination = 700;

    private const double Better = 1e-11;                 // relative; below it rounding would change equal actions for ever
    private const double Settled = 1e-13;                // relative movement at which sweeps end
    private const int MostSweeps = 1_000_000;

    /// <summary>Solves a process.</summary>
    /// <param name="mdp">States, actions, probabilities and rewards.</param>
    /// <param name="discount">gamma, in [0, 1].</param>
    /// <param name="maximumChanges">Gives up after so many policies, at least 1. A dozen is usual.</param>
    /// <returns>Values of the last policy, which no other beats by more than a 10^11th of the values' size, and that policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="RunFailedException">With discount 1 some state cannot reach an end, or a policy that never ends earns as much as one that does.</exception>
    public static MdpSolution Solve(FiniteMdp mdp, double discount, int maximumChanges = 1_000)
    {
        if (!(discount is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(discount), discount, "The discount must be in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumChanges, 1);
        var policy = TowardsAnEnd(mdp);
        for (var change = 1; change <= maximumChanges; change++)
        {
            var values = Evaluate(mdp, policy, discount);
            var size = values.Length == 0 ? 0 : Math.Max(1e-300, values.Max(Math.Abs));
            var (isStable, gap) = (true, 0.0);
            for (var state = 0; state < policy.Length; state++)
            {
                var (action, value) = mdp.Best(state, values, discount);
                gap = Math.Max(gap, value - values[state]);
                if (action < 0 || value - mdp.ActionValue(state, policy[state], values, discount) <= Better * size) continue;
                policy[state] = action;
                isStable = false;
            }
            if (isStable) return new(values, ValueIteration.Greedy(mdp, values, discount), change, discount < 1 ? gap / (1 - discount) : gap);
        }
        throw new RunFailedException($"Policy iteration did not settle in {maximumChanges} policies. Allow more, or use value iteration.");
    }

    /// <summary>V of a policy: what it earns from each state.</summary>
    /// <param name="mdp">States, actions, probabilities and rewards.</param>
    /// <param name="policy">A legal action for each state that does not end; ignored in the others.</param>
    /// <param name="discount">gamma, in [0, 1]. With 1, the policy must end from every state.</param>
    /// <returns>[states].</returns>
    /// <exception cref="RunFailedException">With discount 1 the policy does not end from some state.</exception>
    public static double[] Evaluate(FiniteMdp mdp, IReadOnlyList<int> policy, double discount)
    {
        var open = Enumerable.Range(0, mdp.States).Where(state => !mdp.IsTerminal(state)).ToArray();
        return open.Length <= LargestElimination ? Eliminate(mdp, policy, discount, open) : Sweep(mdp, policy, discount, open);
    }

    private static double[] Eliminate(FiniteMdp mdp, IReadOnlyList<int> policy, double discount, int[] open)
    {
        var place = new int[mdp.States];
        Array.Fill(place, -1);
        for (var i = 0; i < open.Length; i++) place[open[i]] = i;
        var (matrix, right) = (new double[open.Length * open.Length], new double[open.Length]);              // I - gamma P_pi; R_pi
        for (var i = 0; i < open.Length; i++)
        {
            var (state, action) = (open[i], policy[open[i]]);
            var successors = mdp.Successors(state, action);
            var probabilities = mdp.Probabilities(state, action);
            matrix[i * open.Length + i] = 1;
            for (var k = 0; k < successors.Length; k++)
                if (place[successors[k]] is var j and >= 0) matrix[i * open.Length + j] -= discount * probabilities[k];
            right[i] = mdp.Reward(state, action);
        }
        if (!LinearSystem.Solve(matrix, right)) throw NeverEnds();
        var values = new double[mdp.States];
        for (var i = 0; i < open.Length; i++) values[open[i]] = right[i];
        return values;
    }

    private static double[] Sweep(FiniteMdp mdp, IReadOnlyList<int> policy, double discount, int[] open)
    {
        var values = new double[mdp.States];
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var (moved, size) = (0.0, 0.0);
            foreach (var state in open)
            {
                var value = mdp.ActionValue(state, policy[state], values, discount);
                (moved, size) = (Math.Max(moved, Math.Abs(value - values[state])), Math.Max(size, Math.Abs(value)));
                values[state] = value;
            }
            if (moved <= Settled * size) return values;
        }
        throw NeverEnds();
    }

    // Backwards from the terminal states: an action is taken that may lead to a state already known to reach an end. Elsewhere the first legal one.
    private static int[] TowardsAnEnd(FiniteMdp mdp)
    {
        var policy = new int[mdp.States];
        var reaches = new bool[mdp.States];
        for (var state = 0; state < policy.Length; state++)
        {
            reaches[state] = mdp.IsTerminal(state);
            while (!reaches[state] && !mdp.IsLegal(state, policy[state])) policy[state]++;
        }
        for (var isGrowing = true; isGrowing;)
        {
            isGrowing = false;
            for (var state = 0; state < policy.Length; state++)
                for (var action = 0; action < mdp.Actions && !reaches[state]; action++)
                    foreach (var next in mdp.Successors(state, action))
                    {
                        if (!reaches[next]) continue;
                        (policy[state], reaches[state], isGrowing) = (action, true, true);
                        break;
                    }
        }
        return policy;
    }

    private static RunFailedException NeverEnds() =>
        new("A policy has no value: with discount 1 it never ends from some state. Take a discount below 1, or give every state a way to an end that pays better than going round.");
}
