namespace Pilotage.Search;

/// <summary>One step of a path.</summary>
/// <typeparam name="TState">The problem's state.</typeparam>
/// <param name="Parent">Place of the state it leaves in the span that was expanded.</param>
/// <param name="Action">What is done, as the problem numbers it.</param>
/// <param name="State">Where it leads.</param>
/// <param name="Cost">At least 0; for probabilities, minus their logarithm.</param>
/// <param name="Estimate">
/// h: what is thought to be left from there to a goal, at least 0; positive infinity if none can be reached. A lower bound makes best-first search optimal.
/// </param>
public readonly record struct SearchEdge<TState>(int Parent, int Action, TState State, double Cost, double Estimate = 0);
