namespace Pilotage.Algorithms.Tabular;

/// <summary>Values and actions that solve a <see cref="FiniteMdp"/>.</summary>
/// <param name="Values">V, [states]; 0 in terminal states.</param>
/// <param name="Actions">The best legal action of each state, the first of equals; -1 in terminal states.</param>
/// <param name="Iterations">Sweeps, or changes of the policy, that it took.</param>
/// <param name="Bound">No value is farther from the optimum than this; positive infinity where nothing can be said, with discount 1 by value iteration.</param>
public sealed record MdpSolution(IReadOnlyList<double> Values, IReadOnlyList<int> Actions, int Iterations, double Bound);
