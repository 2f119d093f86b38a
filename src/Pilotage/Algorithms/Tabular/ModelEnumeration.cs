namespace Pilotage.Algorithms.Tabular;

/// <summary>Numbers the states that a model can reach, breadth first, and makes a <see cref="FiniteMdp"/> of them.</summary>
/// <remarks>A simulator that only draws has no such list; <see cref="ModelValueIteration"/> counts what it sees instead.</remarks>
public static class ModelEnumeration
{
    /// <summary>Explores a model from its starts.</summary>
    /// <typeparam name="TState">The model's state.</typeparam>
    /// <param name="model">Tells outcomes.</param>
    /// <param name="maximumStates">Stops with a message beyond so many, at least 1.</param>
    /// <returns>The process and the states' numbers: starts first, then in the order in which they were met.</returns>
    /// <exception cref="UserMistakeException">There are more states than allowed, or outcomes that <see cref="FiniteMdpBuilder"/> refuses.</exception>
    public static EnumeratedModel<TState> Explore<TState>(IFiniteModel<TState> model, int maximumStates = 1_000_000) where TState : notnull
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumStates, 1);
        var (states, numbers, outcomes) = (new List<TState>(), new Dictionary<TState, int>(), new List<ModelOutcome<TState>>());
        var (found, ends) = (new List<(int State, int Action, int Next, double Probability, double Reward)>(), new List<int>());
        foreach (var start in model.Starts) NumberOf(start);
        for (var state = 0; state < states.Count; state++)
        {
            if (model.IsTerminal(states[state]))
            {
                ends.Add(state);
                continue;
            }
            for (var action = 0; action < model.ActionCount; action++)
            {
                outcomes.Clear();
                model.Outcomes(states[state], action, outcomes);
                foreach (var (next, probability, reward) in outcomes) found.Add((state, action, NumberOf(next), probability, reward));
            }
        }
        var builder = new FiniteMdpBuilder(states.Count, model.ActionCount);
        foreach (var (state, action, next, probability, reward) in found) builder.Add(state, action, next, probability, reward);
        foreach (var state in ends) builder.End(state);
        return new(builder.Build(), states, numbers);

        int NumberOf(TState state)
        {
            if (numbers.TryGetValue(state, out var number)) return number;
            if (states.Count == maximumStates)
                throw new UserMistakeException(new Mistake("PIL0702", $"The model has more than {maximumStates} states.", "", "Allow more, make states coarser, or learn from samples: ppo, dqn.").ToString());
            numbers.Add(state, states.Count);
            states.Add(state);
            return states.Count - 1;
        }
    }
}
