namespace Pilotage.Algorithms.Tabular;

/// <summary>A model as numbers, and which number is which state.</summary>
/// <typeparam name="TState">The model's state.</typeparam>
/// <param name="Mdp">The process.</param>
/// <param name="States">The states by number.</param>
/// <param name="Numbers">The numbers by state.</param>
public sealed record EnumeratedModel<TState>(FiniteMdp Mdp, IReadOnlyList<TState> States, IReadOnlyDictionary<TState, int> Numbers) where TState : notnull;
