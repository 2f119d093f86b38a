namespace Pilotage.Algorithms.Tabular;

/// <summary>One way that an action may go.</summary>
/// <typeparam name="TState">The model's state.</typeparam>
/// <param name="Next">Where it leads.</param>
/// <param name="Probability">In (0, 1]; all of an action sum to 1.</param>
/// <param name="Reward">Finite.</param>
public readonly record struct ModelOutcome<TState>(TState Next, double Probability, double Reward);
