namespace Pilotage.Policies;

/// <summary>A rule of thumb for one row: which action now? Looks at this frame only and draws no random numbers.</summary>
/// <param name="observation">The row's observation.</param>
/// <param name="legal">One flag per action; empty where the space has no mask.</param>
/// <returns>The index of a legal action.</returns>
public delegate int DiscreteRule(ReadOnlySpan<float> observation, ReadOnlySpan<bool> legal);
