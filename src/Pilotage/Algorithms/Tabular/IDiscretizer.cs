namespace Pilotage.Algorithms.Tabular;

/// <summary>Turns observations into the states of a table.</summary>
public interface IDiscretizer
{
    /// <summary>Number of states, at least 1.</summary>
    int StateCount { get; }

    /// <summary>The state of an observation.</summary>
    /// <param name="observation">As the environment gives it.</param>
    /// <returns>In [0, <see cref="StateCount"/>); observations out of bounds fall into the nearest state.</returns>
    int StateOf(ReadOnlySpan<float> observation);
}
