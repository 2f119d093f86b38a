namespace Pilotage.Algorithms.Tabular;

/// <summary>A Markov decision process with numbered states and actions and known probabilities, in double, sparse: only transitions that can happen are kept. Made by <see cref="FiniteMdpBuilder"/>.</summary>
/// <remarks>Symbols: s state, a action, s' next state, P(s' | s, a), R(s, a) mean reward, gamma discount, V values of states. Immutable and thread-safe.</remarks>
public sealed class FiniteMdp
{
    private readonly int[] _starts;                      // of each state and action's transitions, [states * actions + 1]
    private readonly int[] _next;
    private readonly double[] _probabilities;
    private readonly double[] _rewards;                  // R(s, a), [states * actions]

    internal FiniteMdp(int states, int actions, int[] starts, int[] next, double[] probabilities, double[] rewards)
    {
        (States, Actions, _starts, _next, _probabilities, _rewards) = (states, actions, starts, next, probabilities, rewards);
    }

    /// <summary>Number of states.</summary>
    public int States { get; }

    /// <summary>Number of actions; not each need be legal in each state.</summary>
    public int Actions { get; }

    /// <summary>Number of transitions kept.</summary>
    public int TransitionCount => _next.Length;

    /// <summary>Whether nothing follows a state; its value is 0.</summary>
    /// <param name="state">In [0, <see cref="States"/>).</param>
    /// <returns><see langword="true"/> if no action is legal in it.</returns>
    public bool IsTerminal(int state) => _starts[state * Actions] == _starts[(state + 1) * Actions];

    /// <summary>Whether an action can be taken in a state.</summary>
    /// <param name="state">In [0, <see cref="States"/>).</param>
    /// <param name="action">In [0, <see cref="Actions"/>).</param>
    /// <returns><see langword="true"/> if it has transitions.</returns>
    public bool IsLegal(int state, int action) => _starts[state * Actions + action] < _starts[state * Actions + action + 1];

    /// <summary>R(s, a): the mean reward of an action.</summary>
    /// <param name="state">s.</param>
    /// <param name="action">a, legal in s.</param>
    /// <returns>In the unit of the rewards given.</returns>
    public double Reward(int state, int action) => _rewards[state * Actions + action];

    /// <summary>Where an action may lead.</summary>
    /// <param name="state">s.</param>
    /// <param name="action">a.</param>
    /// <returns>The s' of each transition; empty where the action is illegal.</returns>
    public ReadOnlySpan<int> Successors(int state, int action) => Of(_next, state, action);

    /// <summary>How probable each of <see cref="Successors"/> is.</summary>
    /// <param name="state">s.</param>
    /// <param name="action">a.</param>
    /// <returns>In their order; they sum to 1.</returns>
    public ReadOnlySpan<double> Probabilities(int state, int action) => Of(_probabilities, state, action);

    /// <summary>Q(s, a) = R(s, a) + gamma sum over s' of P(s' | s, a) V(s').</summary>
    /// <param name="state">s.</param>
    /// <param name="action">a, legal in s.</param>
    /// <param name="values">V, [states].</param>
    /// <param name="discount">gamma.</param>
    /// <returns>The action's value.</returns>
    public double ActionValue(int state, int action, ReadOnlySpan<double> values, double discount)
    {
        var successors = Successors(state, action);
        var probabilities = Probabilities(state, action);
        var sum = 0.0;
        for (var i = 0; i < successors.Length; i++) sum += probabilities[i] * values[successors[i]];
        return _rewards[state * Actions + action] + discount * sum;
    }

    /// <summary>The legal action of the greatest Q(s, a); the first of equals.</summary>
    /// <param name="state">s.</param>
    /// <param name="values">V, [states].</param>
    /// <param name="discount">gamma.</param>
    /// <returns>Action and value; -1 and 0 in a terminal state.</returns>
    public (int Action, double Value) Best(int state, ReadOnlySpan<double> values, double discount)
    {
        var best = (Action: -1, Value: 0.0);
        for (var action = 0; action < Actions; action++)
        {
            if (!IsLegal(state, action)) continue;
            var value = ActionValue(state, action, values, discount);
            if (best.Action < 0 || value > best.Value) best = (action, value);
        }
        return best;
    }

    /// <summary>The table of all Q(s, a), for a <see cref="TabularPolicy"/> or for a learner to begin with. Illegal actions stay untried at 0.</summary>
    /// <param name="values">V, [states].</param>
    /// <param name="discount">gamma.</param>
    /// <returns>A new table, each legal action counted as visited once.</returns>
    public ActionValues ToActionValues(ReadOnlySpan<double> values, double discount)
    {
        var table = new ActionValues(States, Actions);
        for (var state = 0; state < States; state++)
            for (var action = 0; action < Actions; action++)
                if (IsLegal(state, action)) table.Visit(state, action, (float)ActionValue(state, action, values, discount));
        return table;
    }

    private ReadOnlySpan<T> Of<T>(T[] all, int state, int action)
    {
        var at = state * Actions + action;
        return all.AsSpan(_starts[at].._starts[at + 1]);
    }
}
