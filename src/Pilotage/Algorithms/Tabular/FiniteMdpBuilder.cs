namespace Pilotage.Algorithms.Tabular;

/// <summary>Collects transitions and makes a <see cref="FiniteMdp"/> of them, after checking that they make sense.</summary>
public sealed class FiniteMdpBuilder
{
    private const double Unit = 1e-9;                    // probabilities that were divided or added up miss 1 by less
    private const int MostProblems = 10;                 // shown; one wrong loop makes thousands
    private readonly int _states;
    private readonly int _actions;
    private readonly bool[] _isTerminal;
    private readonly List<Transition> _transitions = [];

    /// <summary>Begins without transitions.</summary>
    /// <param name="states">Number of states, at least 1.</param>
    /// <param name="actions">Number of actions, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or there are more pairs of both than an array can hold.</exception>
    public FiniteMdpBuilder(int states, int actions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(states, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)states * actions, Array.MaxLength - 1L, nameof(states));
        (_states, _actions, _isTerminal) = (states, actions, new bool[states]);
    }

    /// <summary>Adds one way that an action may go. An action is legal in a state if it has at least one.</summary>
    /// <param name="state">s, in [0, states).</param>
    /// <param name="action">a, in [0, actions).</param>
    /// <param name="next">s', in [0, states).</param>
    /// <param name="probability">P(s' | s, a), in (0, 1]; all of a state and action must sum to 1.</param>
    /// <param name="reward">Of this transition, finite.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public FiniteMdpBuilder Add(int state, int action, int next, double probability, double reward)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)state, (uint)_states, nameof(state));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)action, (uint)_actions, nameof(action));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)next, (uint)_states, nameof(next));
        if (!(probability is > 0 and <= 1 + Unit)) throw new ArgumentOutOfRangeException(nameof(probability), probability, $"State {state}, action {action}: a probability must be in (0, 1]. Leave out what cannot happen.");
        if (!double.IsFinite(reward)) throw new ArgumentOutOfRangeException(nameof(reward), reward, $"State {state}, action {action}: a reward must be finite.");
        _transitions.Add(new(state * _actions + action, next, probability, reward));
        return this;
    }

    /// <summary>Says that nothing follows a state. Said and not guessed, because a forgotten transition looks the same.</summary>
    /// <param name="state">In [0, states).</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state.</exception>
    public FiniteMdpBuilder End(int state)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)state, (uint)_states, nameof(state));
        _isTerminal[state] = true;
        return this;
    }

    /// <summary>Checks everything and makes the process.</summary>
    /// <returns>The process; later calls of <see cref="Add"/> do not change it.</returns>
    /// <exception cref="UserMistakeException">
    /// Probabilities do not sum to 1, a state has neither a transition nor <see cref="End"/>, or one has both. Holds all problems, the first ten in words.
    /// </exception>
    public FiniteMdp Build()
    {
        var (starts, sums, rewards) = (new int[_states * _actions + 1], new double[_states * _actions], new double[_states * _actions]);
        foreach (var transition in _transitions)
        {
            starts[transition.Pair + 1]++;
            sums[transition.Pair] += transition.Probability;
            rewards[transition.Pair] += transition.Probability * transition.Reward;
        }
        for (var pair = 0; pair < sums.Length; pair++) starts[pair + 1] += starts[pair];
        Check(starts, sums);

        var (next, probabilities, filled) = (new int[_transitions.Count], new double[_transitions.Count], starts.ToArray());
        foreach (var transition in _transitions)
        {
            var at = filled[transition.Pair]++;
            (next[at], probabilities[at]) = (transition.Next, transition.Probability);
        }
        return new(_states, _actions, starts, next, probabilities, rewards);
    }

    private void Check(int[] starts, double[] sums)
    {
        var problems = new List<string>();
        for (var state = 0; state < _states; state++)
        {
            var hasTransitions = starts[state * _actions] < starts[(state + 1) * _actions];
            if (hasTransitions && _isTerminal[state]) problems.Add($"State {state} is said to end and has transitions. Remove one of both.");
            if (!hasTransitions && !_isTerminal[state]) problems.Add($"State {state} has no transition. Add one, or say End({state}).");
            for (var action = 0; action < _actions; action++)
            {
                var at = state * _actions + action;
                if (starts[at] < starts[at + 1] && Math.Abs(sums[at] - 1) > Unit)
                    problems.Add(FormattableString.Invariant($"The probabilities of state {state}, action {action} sum to {sums[at]}; they must sum to 1."));
            }
        }
        if (problems.Count > MostProblems) problems = [.. problems.Take(MostProblems), $"And {problems.Count - MostProblems} more."];
        UserMistakeException.ThrowIfAny([.. problems.Select(problem => new Mistake("PIL0701", problem, "", "").ToString())]);
    }

    private readonly record struct Transition(int Pair, int Next, double Probability, double Reward);
}
