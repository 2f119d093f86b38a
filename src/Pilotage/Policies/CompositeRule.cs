namespace Pilotage.Policies;

/// <summary>A rule of thumb for one row of several choices, of a composite space, or of any other: which action now? Looks at this frame only and draws no random numbers.</summary>
/// <param name="observation">The row's observation.</param>
/// <param name="legal">One flag per action, the choices one after the other; empty where the space has no mask.</param>
/// <param name="indices">To be filled whole: a legal action of each choice; empty for a box.</param>
/// <param name="values">To be filled whole, in the environment's own unit; empty where there are no real numbers.</param>
public delegate void CompositeRule(ReadOnlySpan<float> observation, ReadOnlySpan<bool> legal, Span<int> indices, Span<float> values);
