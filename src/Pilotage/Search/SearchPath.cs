namespace Pilotage.Search;

/// <summary>A path to a goal.</summary>
/// <typeparam name="TState">The problem's state.</typeparam>
/// <param name="Actions">From the start on; empty if the start is a goal.</param>
/// <param name="Goal">Where it ends.</param>
/// <param name="Cost">Sum of its steps.</param>
public sealed record SearchPath<TState>(IReadOnlyList<int> Actions, TState Goal, double Cost);
