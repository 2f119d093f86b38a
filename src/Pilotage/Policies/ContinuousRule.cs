namespace Pilotage.Policies;

/// <summary>A rule of thumb for one row: which values now? Looks at this frame only and draws no random numbers.</summary>
/// <param name="observation">The row's observation.</param>
/// <param name="values">To be filled whole, in the environment's own unit.</param>
public delegate void ContinuousRule(ReadOnlySpan<float> observation, Span<float> values);
