namespace Pilotage.Algorithms.Tabular;

/// <summary>A small simulator that can tell all that may happen instead of drawing it. <see cref="ModelEnumeration"/> makes a <see cref="FiniteMdp"/> of it.</summary>
/// <typeparam name="TState">A state with value equality, such as a record struct.</typeparam>
public interface IFiniteModel<TState> where TState : notnull
{
    /// <summary>Number of actions; not each need be legal in each state.</summary>
    int ActionCount { get; }

    /// <summary>States from which all others are found, at least one.</summary>
    IEnumerable<TState> Starts { get; }

    /// <summary>Whether nothing follows a state.</summary>
    /// <param name="state">Any reachable state.</param>
    /// <returns><see langword="true"/> if it ends the episode; its outcomes are not asked for.</returns>
    bool IsTerminal(TState state);

    /// <summary>Tells all that may follow an action.</summary>
    /// <param name="state">A state that does not end.</param>
    /// <param name="action">In [0, <see cref="ActionCount"/>).</param>
    /// <param name="outcomes">Arrives empty; left empty where the action is illegal.</param>
    void Outcomes(TState state, int action, List<ModelOutcome<TState>> outcomes);
}
